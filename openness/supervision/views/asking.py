"""From an address to a choice: whatever is asked, the answer is a normal page."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
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
        return f"{reverse(self.cells_name)}?{urlencode({**self._query(change), 'state': state})}"

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


class _Counted(Paginator[Obligation]):
    """Pages of a list whose length the sums know."""

    def __init__(self, cells: QuerySet[Obligation], number: int) -> None:
        super().__init__(cells, PAGE_SIZE)
        self.number = number

    @cached_property
    def count(self) -> int:
        return self.number


def cells_page(request: HttpRequest, choice: Choice, today: date) -> Page[Obligation]:
    """One page of the cells behind a number, 50 at a time."""
    state = state_of(request)
    cells = cells_behind(choice.unit, choice.scope(today), state, alone=choice.alone)
    narrow = cells.select_related("unit", "town", "item__field", "disclosure")
    narrow = narrow.defer("item__raw", "item__elements", "item__basis", "disclosure__body")
    return _Counted(narrow, number_of(choice, today, state)).get_page(request.GET.get("page"))
