"""What stands beside the fields of an item that somebody chooses in the form."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from catalog.models import Item

from ..forms import units_for
from ..services.guide import guide
from .paste import MODEL, writes


@require_GET
def item_guide(request: HttpRequest) -> JsonResponse:
    """?item=12&unit=34, the units that the person may write for only."""
    if not writes(request.user):
        raise PermissionDenied
    item = Item.objects.filter(pk=_number(request, "item")).first()
    if item is None:
        raise Http404
    unit = units_for(request.user, MODEL, "change").filter(pk=_number(request, "unit")).first()
    return JsonResponse(guide(unit, item).as_json())


def _number(request: HttpRequest, name: str) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 18 else 0
