"""The address that the box asks while somebody types."""

from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .keys import MOST_TYPED
from .lookup import suggest as suggestions_for

_SECONDS = 60


@require_safe
@cache_control(public=True, max_age=_SECONDS)
def suggest(request: HttpRequest) -> JsonResponse:
    """The same for everybody: no cookie and no session is read, so that any cache may keep it for a minute."""
    text = request.GET.get("q", "")
    found = suggestions_for(text) if len(text) <= MOST_TYPED else []
    search = reverse("search:search")
    shown = [{"text": one.text, "url": one.url or f"{search}?{urlencode({'q': one.text})}", "label": one.source} for one in found]
    return JsonResponse({"q": text[:MOST_TYPED], "suggestions": shown}, json_dumps_params={"ensure_ascii": False})
