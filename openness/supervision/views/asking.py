"""From an address to a choice: whatever is asked, the answer is a normal page."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from openness.units.models import Unit

from ..models import LedgerField, Obligation
from ..services.desk import STATES, Choice, period_chosen
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


def choice_of(request: HttpRequest, places: QuerySet[Unit], today: date) -> Choice:
    """Among these places; the highest of them if none is asked for.

    Raises:
        Http404: no such place, or none that the person may see.
    """
    code = request.GET.get("place", "")
    unit = places.filter(code=code).first() if code else places.order_by("depth", "path").first()
    if unit is None:
        raise Http404
    number = request.GET.get("field", "")
    field = LedgerField.objects.filter(pk=int(number)).first() if number.isascii() and number.isdecimal() and len(number) < 10 else None
    return Choice(unit, period_chosen(request.GET.get("period", ""), today), field)


def state_of(request: HttpRequest) -> str:
    state = request.GET.get("state", "")
    return state if state in STATES else "overdue"


def cells_page(request: HttpRequest, choice: Choice, today: date) -> Page[Obligation]:
    """One page of the cells behind a number, 50 at a time."""
    cells = cells_behind(choice.unit, choice.scope(today), state_of(request)).select_related("unit", "item__field", "disclosure")
    narrow = cells.defer("item__raw", "item__elements", "item__basis", "disclosure__body")
    return Paginator(narrow, PAGE_SIZE).get_page(request.GET.get("page"))
