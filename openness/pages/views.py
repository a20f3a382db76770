from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from .context import COOKIE, SIZES

_YEAR = 365 * 24 * 3600


@require_safe
def size(request: HttpRequest) -> HttpResponse:
    """Remember the size of type and go back. Works without JavaScript."""
    to, back = request.GET.get("to", ""), request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    response.set_cookie(COOKIE, to if to in SIZES else "", max_age=_YEAR, samesite="Lax")
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")
