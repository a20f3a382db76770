"""The county's catalogue as residents read it: fields, items, and one item with everything disclosed under it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from catalog.models import Field, Item, Standard
from catalog.models.standard import Status, element_list
from catalog.rules.basis import superseded_sentence
from openness.pagecache.keeping import keep
from openness.pagecache.topics import ANY

from ..models import Disclosure

_PAGE = 20


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    items = Item.objects.only("pk", "field_id", "level1", "level2", "level3", "time_limit", "tiers", "limit_data", "cadence")
    fields = Field.objects.filter(standard__status=Status.IN_FORCE).select_related("standard").prefetch_related(Prefetch("items", items))
    return keep(render(request, "disclosures/catalog.html", {"fields": fields, "standards": Standard.objects.in_force()}))


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """An old version's address leads to the item in force, if it still exists there."""
    found = get_object_or_404(Item.objects.select_related("field__standard"), pk=pk)
    if found.field.standard.status != Status.IN_FORCE:
        current = Item.objects.in_force().filter(key=found.key, field__standard__area=found.field.standard.area).first()
        if current:
            return redirect(current, permanent=False)
    return keep(render(request, "disclosures/item.html", _item_context(request, found)), ANY)


def _item_context(request: HttpRequest, found: Item) -> dict[str, Any]:
    answers = Disclosure.objects.public().filter(item__key=found.key).for_lists().newest()
    citations = found.citations.select_related("law", "article__version__law", "article__successor__version__law")
    return {
        "item": found,
        "elements": element_list(found.elements),
        "citations": [(citation, superseded_sentence(citation.article) if citation.article else "") for citation in citations],
        "page": Paginator(answers, _PAGE).get_page(request.GET.get("page")),
        "units": answers.order_by().values("unit").distinct().aggregate(n=Count("unit"))["n"],
    }
