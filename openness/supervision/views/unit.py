"""A unit's page: its catalogue with the state of each item; for a township or county also the units below it."""

from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.pagecache.keeping import keep
from openness.pagecache.remembering import remembered
from openness.pagecache.topics import of_place
from openness.units.models import Unit
from openness.units.names import Level

from ..services.unit_items import STATES, ItemState, item_states


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Unit, code=code, level__gte=Level.COUNTY)
    today = timezone.localdate()
    states = item_states(found, remembered(("items", code), lambda: list(_items(found))), today)
    wanted = request.GET.get("state", "")
    shown = [state for state in states if wanted not in STATES or state.state == wanted]
    context = {
        "unit": found,
        "above": found.get_ancestors().filter(level__gte=Level.COUNTY),
        "standards": list({state.item.field.standard.pk: state.item.field.standard for state in states}.values()),
        "total": len(states),
        "counts": {name: sum(state.state == name for state in states) for name in STATES},
        "wanted": wanted if wanted in STATES else "",
        "groups": _by_field(shown),
        "children": _children(found),
        "on_notice": Disclosure.objects.below(found).on_notice(today).for_lists()[:5],
        "latest": Disclosure.objects.below(found).public().for_lists().newest()[:10],
        "today": today,
    }
    return keep(render(request, "supervision/unit.html", context), of_place(found.path))


def _items(unit: Unit) -> Any:
    return (
        Item.objects.for_unit(unit.code, unit.tier, unit.kind)
        .select_related("field__standard")
        .defer("raw")
        .order_by("field__position", "position")
    )


def _by_field(states: list[ItemState]) -> list[tuple[Any, list[ItemState]]]:
    return [(field, list(group)) for field, group in groupby(states, key=lambda state: state.item.field)]


def _children(unit: Unit) -> Any:
    """Units below with the number of their public disclosures, in one query."""
    if unit.is_leaf_level:
        return []
    public = Count("disclosures", filter=Q(disclosures__live=True))
    if unit.level == Level.COUNTY:
        counts = dict(Disclosure.objects.public().filter(county=unit).values_list("town").annotate(Count("pk")))
        children = list(unit.get_children().filter(active=True))
        for child in children:
            child.public = counts.get(child.pk, 0)
        return children
    return unit.get_children().filter(active=True).annotate(public=public)
