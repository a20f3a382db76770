"""From an address to a choice: whatever is asked, the answer is a normal page."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from openness.units.models import Unit

from ..models import LedgerField, Obligation
from ..services.desk import STATES, Choice, number_of, period_chosen
from ..services.overview import cells_behind

PAGE_SIZE = 50


@dataclass(frozen=True)
class Links:
    """Addresses of the desk and of the lists behind its numbers, here or on the public site."""

    desk_name: str
    cells_name: str
    choice: Choice

    def desk(self, **change: str) -> str:
        return f"{reverse(self.desk_name)}?{urlencode(self._query(change))}"

    def cells(self, state: str, **change: str) -> str:
        return f"{self._cells_path}?{urlencode({**self._query(change), 'state': state})}"

    @cached_property
    def _cells_path(self) -> str:
        """Once for the hundreds of links of a heat map."""
        return reverse(self.cells_name)

    def _query(self, change: dict[str, str]) -> dict[str, str]:
        field = str(self.choice.field.pk) if self.choice.field else ""
        query = {"place": self.choice.unit.code, "period": self.choice.period.code, "field": field, **change}
        return {name: value for name, value in query.items() if value}


@dataclass(frozen=True)
class PublicLinks(Links):
    """On the public site every place has an address of its own."""

    def desk(self, **change: str) -> str:
        query = self._query(change)
        return f"{reverse(self.desk_name, args=[query.pop('place')])}?{urlencode(query)}"


def public_links(choice: Choice) -> Links:
    return PublicLinks("progress_of", "progress_cells", choice)


def admin_links(choice: Choice) -> Links:
    return Links("supervision_desk", "supervision_cells", choice)


def workbook_url(choice: Choice, state: str) -> str:
    alone = {"alone": "1"} if choice.alone else {}
    return Links("supervision_desk", "supervision_workbook", choice).cells(state, **alone)


def choice_of(request: HttpRequest, places: QuerySet[Unit], today: date, code: str = "") -> Choice:
    """Among these places; the highest of them in use if none is asked for. `code` goes before what the query says.

    Raises:
        Http404: no such place, or none that the person may see.
    """
    code = code or request.GET.get("place", "")
    unit = places.filter(code=code).first() if code else places.order_by("-active", "depth", "path").first()
    if unit is None:
        raise Http404
    number = request.GET.get("field", "")
    field = LedgerField.objects.filter(pk=int(number)).first() if number.isascii() and number.isdecimal() and len(number) < 10 else None
    return Choice(unit, period_chosen(request.GET.get("period", ""), today), field, alone=request.GET.get("alone") == "1")


def state_of(request: HttpRequest) -> str:
    state = request.GET.get("state", "")
    return state if state in STATES else "overdue"


class _Counted(Paginator[Any]):
    """Pages of a list whose length the sums know."""

    def __init__(self, keys: QuerySet[Obligation, int], number: int) -> None:
        super().__init__(keys, PAGE_SIZE)
        self.number = number

    @cached_property
    def count(self) -> int:
        return self.number


def cells_page(request: HttpRequest, choice: Choice, today: date) -> Page[Obligation]:
    """One page of the cells behind a number, 50 at a time.

    Their keys are read first, from an index alone: units, items and texts are joined to these 50, not to all the rows before them.
    """
    state = state_of(request)
    keys = cells_behind(choice.unit, choice.scope(today), state, alone=choice.alone).values_list("pk", flat=True)
    page = _Counted(keys, number_of(choice, today, state)).get_page(request.GET.get("page"))
    rows = Obligation.objects.filter(pk__in=list(page.object_list)).order_by("due_on", "pk")
    rows = rows.select_related("unit", "town", "item__field", "disclosure")
    page.object_list = rows.defer("item__raw", "item__elements", "item__basis", "disclosure__body")
    return page
