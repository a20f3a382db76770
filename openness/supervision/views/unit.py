"""A unit's page: its catalogue with the state of each item, by field or by month; for a township or county first the units below it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.disclosures.sheets.out import Table, download
from openness.pagecache.keeping import keep
from openness.pagecache.remembering import remembered
from openness.pagecache.topics import of_place
from openness.units.models import Unit
from openness.units.names import Level

from ..models import Obligation
from ..services.period_story import story_of
from ..services.unit_accounts import accounts_of, accounts_title
from ..services.unit_children import counts_of
from ..services.unit_items import LATE, NIL, NONE, OK, SOON, STATES, ItemState, item_states
from ..services.unit_months import MONTHS, years_of
from ..services.unit_sheet import item_sheet, month_sheet

MONTH = "month"
CHILDREN_A_PAGE = 100
_CROWDED = 40  # items: from then on the sheet for the wall has two columns


def state_labels() -> dict[str, str]:
    return {OK: _("已公开"), SOON: _("快到期"), LATE: _("逾期"), NIL: _("本期无此事项"), NONE: _("未到时间")}


@dataclass(frozen=True)
class Asked:
    """What the address says: one of the states or all, by field or by month. Anything else is as if nothing was said."""

    unit: Unit
    state: str
    by: str

    @classmethod
    def of(cls, unit: Unit, request: HttpRequest) -> "Asked":
        state, by = request.GET.get("state", ""), request.GET.get("by", "")
        return cls(unit, state if state in STATES else "", by if by == MONTH else "")

    @property
    def label(self) -> str:
        return state_labels().get(self.state, "")

    def query(self, **change: str) -> str:
        """The same page with another choice."""
        said = {"state": self.state, "by": self.by, **change}
        asked = urlencode({name: value for name, value in said.items() if value})
        return f"?{asked}" if asked else ""

    def link(self, **change: str) -> str:
        return self.unit.get_absolute_url() + self.query(**change)


@dataclass(frozen=True)
class Book:
    """The catalogue of a unit as it stands on a day. Four queries."""

    asked: Asked
    today: date

    @cached_property
    def all(self) -> list[ItemState]:
        unit = self.asked.unit
        return item_states(unit, remembered(("items", unit.code), lambda: list(_items(unit))), self.today)

    @property
    def shown(self) -> list[ItemState]:
        return [one for one in self.all if self.asked.state in ("", one.state)]

    def counts(self) -> list[tuple[str, str, int, str]]:
        """(state, its words, how many, where they are listed)."""
        numbers = {name: sum(one.state == name for one in self.all) for name in STATES}
        return [(name, label, numbers[name], self.asked.link(state=name)) for name, label in state_labels().items()]

    def sheet(self) -> Table:
        write = month_sheet if self.asked.by == MONTH else item_sheet
        return write(self.asked.unit, self.shown, self.today, self.asked.label)


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    found = unit_or_404(code)
    today = timezone.localdate()
    book = Book(Asked.of(found, request), today)
    context = {
        "unit": found,
        "above": found.get_ancestors().filter(level__gte=Level.COUNTY),
        "today": today,
        **_catalogue(book),
        **_below(found, request, today),
        "on_notice": Disclosure.objects.below(found).on_notice(today).for_lists()[:5],
        "latest": Disclosure.objects.below(found).public().for_lists().newest()[:10],
    }
    return keep(render(request, "supervision/unit.html", context), of_place(found.path))


@require_safe
def catalogue(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """What the page shows with the same question, as a workbook or CSV."""
    found = unit_or_404(code)
    return keep(download(Book(Asked.of(found, request), timezone.localdate()).sheet(), kind), of_place(found.path))


@require_safe
def period(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One period of one item: what a mark of the catalogue opens where there is no text to open."""
    cells = Obligation.objects.filter(unit__code=code).select_related("unit", "item__field", "disclosure")
    cell = get_object_or_404(cells.defer("disclosure__body", "item__raw"), pk=pk)
    story = story_of(cell, timezone.localdate())
    context = {"unit": cell.unit, "above": cell.unit.get_ancestors().filter(level__gte=Level.COUNTY), "cell": cell, "story": story}
    return keep(render(request, "supervision/period.html", context), of_place(cell.unit.path))


def unit_or_404(code: str) -> Unit:
    return get_object_or_404(Unit, code=code, level__gte=Level.COUNTY)


def _catalogue(book: Book) -> dict[str, Any]:
    asked, shown = book.asked, book.shown
    accounts = accounts_of(book.all)
    return {
        "asked": asked,
        "book": book,
        "standards": list({one.item.field.standard.pk: one.item.field.standard for one in book.all}.values()),
        "total": len(book.all),
        "counts": book.counts(),
        "groups": _by_field(shown),
        "months": MONTHS if asked.by == MONTH else (),
        "plan": [(field, years_of(group, book.today)) for field, group in _by_field(shown)] if asked.by == MONTH else (),
        "crowded": len(shown) > _CROWDED,
        "switch": asked.link(by="" if asked.by else MONTH),
        "everything": asked.link(state=""),
        "accounts": accounts,
        "accounts_title": accounts_title(asked.unit) if accounts else "",
    }


def _items(unit: Unit) -> Any:
    return (
        Item.objects.for_unit(unit.code, unit.tier, unit.kind)
        .select_related("field__standard")
        .defer("raw")
        .order_by("field__position", "position")
    )


def _by_field(states: Iterable[ItemState]) -> list[tuple[Any, list[ItemState]]]:
    return [(field, list(group)) for field, group in groupby(states, key=lambda state: state.item.field)]


def _below(unit: Unit, request: HttpRequest, today: date) -> dict[str, Any]:
    """The units right below, a page of them, each with its four counts. Six queries."""
    if unit.is_leaf_level:
        return {}
    children = unit.get_children().filter(active=True)
    page = Paginator(children, CHILDREN_A_PAGE).get_page(request.GET.get("page"))
    return {"children": _rows(list(page.object_list), today), "page": page, "below_labels": list(state_labels().values())[:4]}


def _rows(units: Sequence[Unit], today: date) -> list[tuple[Unit, list[tuple[str, str, int, str]]]]:
    numbers = counts_of(units, today)
    labels = list(state_labels().items())[:4]
    return [
        (one, [(name, label, numbers[one.pk][name], f"{one.get_absolute_url()}?state={name}") for name, label in labels]) for one in units
    ]
