"""An item: what the law asks for, of whom, until when; and how every unit that it binds stands today."""

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.models import Item
from catalog.models.standard import Status, element_list
from catalog.rules.basis import superseded_sentence
from openness.disclosures.models import Disclosure
from openness.pagecache.keeping import keep
from openness.pagecache.topics import ANY
from openness.units.models import Unit
from openness.units.names import Level

from ..services.item_units import binding_words, standings_of, units_bound

_UNITS_A_PAGE = 50


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """An old version's address leads to the item in force, if it still exists there."""
    found = get_object_or_404(Item.objects.select_related("field__standard"), pk=pk)
    if found.field.standard.status != Status.IN_FORCE:
        current = Item.objects.in_force().filter(key=found.key, field__standard__area=found.field.standard.area).first()
        if current:
            return redirect(current, permanent=False)
    return keep(render(request, "disclosures/item.html", _context(request, found, timezone.localdate())), ANY)


def _context(request: HttpRequest, found: Item, today: date) -> dict[str, Any]:
    towns = Unit.objects.filter(code__startswith=found.field.standard.area, level=Level.TOWNSHIP, active=True).only(
        "pk", "code", "short_name", "path"
    )
    town = towns.filter(code=request.GET.get("town", "")).first()
    page = _page(units_bound(found, town), request)
    return {
        "item": found,
        "elements": element_list(found.elements),
        "citations": _citations(found),
        "who": binding_words(found),
        "towns": towns.order_by("path"),
        "town": town,
        "page": page,
        "rows": standings_of(found, list(page.object_list), today),
        **_numbers(found),
    }


def _page(units: QuerySet[Unit], request: HttpRequest) -> Page[Unit]:
    return Paginator(units, _UNITS_A_PAGE).get_page(request.GET.get("page"))


def _citations(found: Item) -> list[tuple[Any, str]]:
    rows = found.citations.select_related("law", "article__version__law", "article__successor__version__law")
    return [(citation, superseded_sentence(citation.article) if citation.article else "") for citation in rows]


def _numbers(found: Item) -> dict[str, int]:
    """How many texts are public under the item, of how many units. One query."""
    texts = Disclosure.objects.public().filter(Q(item__key=found.key, item__field__standard__area=found.field.standard.area))
    return texts.aggregate(texts=Count("pk"), publishers=Count("unit", distinct=True))
