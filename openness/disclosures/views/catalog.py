"""The county's catalogue as residents read it: fields and their items, for everybody or for one level."""

from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Field, Item, Standard
from catalog.models.standard import Status
from openness.pagecache.keeping import keep

_WHOSE = {
    "village": Q(at_village=True, binds_villages=True),
    "community": Q(at_village=True, binds_communities=True),
    "township": Q(at_township=True),
    "county": Q(at_county=True),
}


def _whose() -> dict[str, str]:
    return {"village": _("村"), "community": _("社区（居委会）"), "township": _("乡镇（街道）"), "county": _("县（市、区）")}


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    who = request.GET.get("who", "")
    return keep(render(request, "disclosures/catalog.html", _context(who if who in _WHOSE else "")))


def _context(who: str) -> dict[str, Any]:
    items = Item.objects.filter(_WHOSE.get(who, Q()))
    items = items.only("pk", "field_id", "level1", "level2", "level3", "time_limit", "tiers", "limit_data", "cadence")
    rows = Field.objects.filter(standard__status=Status.IN_FORCE).select_related("standard").prefetch_related(Prefetch("items", items))
    fields = [field for field in rows if field.items.all()]
    return {
        "fields": fields,
        "total": sum(len(field.items.all()) for field in fields),
        "standards": Standard.objects.in_force(),
        "who": who,
        "whose": _whose(),
    }
