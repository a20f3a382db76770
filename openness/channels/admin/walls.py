"""还没上墙: what still has to go up on the board of one's places, and what may come down."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from openness.disclosures.models import Disclosure
from openness.units.admin.common import counties_of, may_for, page_of, place_asked, within
from openness.units.models import Unit
from openness.units.names import Level

from ..services.naming import channels_of, is_board
from ..services.posting import LABEL
from ..services.walls import WINDOW_DAYS, to_put_up, to_take_off

_MOST_PLACES = 400
UP, DOWN = "up", "down"


@require_admin_access
@require_safe
def walls(request: HttpRequest) -> HttpResponse:
    """One place at a time, with what is below it; a county at most: each county's catalogue says what needs a board."""
    place = _place(request)
    show = DOWN if request.GET.get("show") == DOWN else UP
    today = timezone.localdate()
    page = page_of(to_put_up(place, today) if show == UP else to_take_off(place, today), request)
    context = {
        "page": page, "show": show, "place": place, "places": _places(request, place), "window": WINDOW_DAYS,
        "may_add": may_for(request.user, LABEL, "add", place), "rows": [_row(one) for one in page["rows"]] if show == UP else page["rows"],
    }  # fmt: skip
    return render(request, "channels/admin/walls.html", context)


def _row(text: Disclosure) -> dict[str, Any]:
    return {"text": text, "board": next((one for one in channels_of(text) if is_board(one)), "")}


def _seen(request: HttpRequest) -> Any:
    return Unit.objects.filter(within(request.user, LABEL, "view", ""), level__gte=Level.COUNTY, active=True).order_by("depth", "path")


def _place(request: HttpRequest) -> Unit:
    """The one that the address names, if the person may see it; else the highest of one's own."""
    asked = place_asked(request)
    found = _seen(request).filter(pk=asked.pk).first() if asked else None
    own = found or (None if asked else _seen(request).first() or next(iter(counties_of(request.user)), None))
    if own is None:
        raise Http404
    return own


def _places(request: HttpRequest, place: Unit) -> list[Unit]:
    """To choose from: the place, what stands right below and above it, as far as one sees it."""
    base = place if not place.is_leaf_level else place.get_parent()
    near = _seen(request).filter(path__startswith=base.path[: Unit.steplen * Level.COUNTY], depth__lte=base.depth + 1)
    rows = list(near.only("code", "short_name", "depth", "path")[:_MOST_PLACES])
    return rows if len(rows) > 1 else []
