"""How each item of a unit's catalogue stands, read from the ledger: what residents see on the unit's page, and at whose door to knock.

Three queries, whatever the number of items: the cells of the year, the newest disclosures, the items that do not bind this unit.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Item
from catalog.remembering import by_language
from openness.disclosures.models import Disclosure
from openness.disclosures.periods import parse_period, period_label
from openness.units.models import Unit, line_of

from ..models import Exemption, Obligation, State

OK, SOON, LATE, NIL, NONE = STATES = ("ok", "soon", "late", "nil", "none")
_SIGNS = {OK: "✓", SOON: "…", LATE: "!", NIL: "○", NONE: "–"}
_SETTLED = {State.ON_TIME: OK, State.LATE: OK, State.NIL: NIL, State.WAIVED: NIL}


@dataclass(frozen=True)
class Mark:
    """One period of the current year: how it stands, the sign shown and the words read aloud; `url` is what answers it, or why nothing does."""

    label: str
    state: str
    words: str
    url: str = ""

    @property
    def sign(self) -> str:
        return _SIGNS[self.state]


@dataclass(frozen=True)
class ItemState:
    """`due_on` is the last day of the oldest cell that is still blank; None where nothing is waited for. `cells` by the day they are due."""

    item: Item
    frequency: str
    latest: Disclosure | None
    marks: tuple[Mark, ...]
    due_on: date | None
    state: str
    words: str
    cells: tuple[Obligation, ...] = ()


def recent(today: date) -> Q:
    """The cells that a catalogue is read from: what opened or is due this year or later, what stands all the time, and older blanks."""
    new_year = date(today.year, 1, 1)
    return Q(opens_on__gte=new_year) | Q(due_on__gte=new_year) | Q(period="") | Q(state=State.OPEN)


def item_states(unit: Unit, items: Iterable[Item], today: date) -> list[ItemState]:
    cells, exempt = _cells(unit, today), _exempt(unit, today)
    bound = [item for item in items if item.key not in exempt]
    latest = _latest(unit)
    return [_state(item, latest.get(item.key), cells[item.key], today) for item in bound]


def _cells(unit: Unit, today: date) -> dict[str, list[Obligation]]:
    """By the item's key."""
    found: dict[str, list[Obligation]] = defaultdict(list)
    for cell in Obligation.objects.filter(recent(today), unit=unit).select_related("duty").order_by("due_on", "pk"):
        cell.unit = unit
        found[cell.duty.key].append(cell)
    return found


def _exempt(unit: Unit, today: date) -> set[str]:
    """Keys of the items that do not bind this unit or one above it today."""
    rows = Exemption.objects.filter(Q(until=None) | Q(until__gte=today), unit__path__in=line_of(unit.path), since__lte=today)
    return set(rows.values_list("duty__key", flat=True))


def _latest(unit: Unit) -> dict[str, Disclosure]:
    public = Disclosure.objects.public().filter(unit=unit)
    newest = public.order_by().values("item__key").annotate(newest=Max("first_published_at"))
    rows = public.filter(first_published_at__in=newest.values("newest")).select_related("item", "unit")
    narrow = rows.defer("body", "item__raw", "item__elements", "item__basis").order_by("first_published_at", "pk")
    return {row.item.key: row for row in narrow}


def _state(item: Item, latest: Disclosure | None, cells: Sequence[Obligation], today: date) -> ItemState:
    limit = item.limit
    state, words = standing(cells, latest, today)
    blank = next((cell.due_on for cell in cells if cell.state == State.OPEN), None)
    this_year = [(parse_period(cell.period), cell) for cell in cells]
    marks = tuple(mark_of(cell, today) for period, cell in this_year if period and period.first.year == today.year)
    return ItemState(item, limit.sentence() if limit else item.time_limit, latest, marks, blank, state, words, tuple(cells))


def standing(cells: Sequence[Obligation], latest: Disclosure | None, today: date) -> tuple[str, str]:
    """The oldest blank that is overdue, else what is due soon, else the last one that was settled."""
    opened = [cell for cell in cells if cell.opens_on <= today]
    for state in (LATE, SOON):
        found = next((cell for cell in opened if state_of(cell, today) == state), None)
        if found:
            return state, found.words(today)
    settled = [cell for cell in opened if cell.state != State.OPEN]
    if settled:
        last = max(settled, key=lambda cell: (cell.due_on, state_of(cell, today) == OK))
        return state_of(last, today), _words(last, today)
    if latest and not cells:
        return OK, _("已公开")
    return NONE, _("未到时间") if cells else _("还没有公开")


def state_of(cell: Obligation, today: date) -> str:
    """ok, soon, late, nil or none: the five words that residents and clerks see."""
    if cell.state != State.OPEN:
        return _SETTLED[State(cell.state)]
    if today > cell.due_on:
        return LATE
    return SOON if cell.is_due_soon(today) else NONE


def mark_of(cell: Obligation, today: date) -> Mark:
    state = state_of(cell, today)
    return Mark(period_label(cell.period), state, _words(cell, today), _url(cell, state))


def _url(cell: Obligation, state: str) -> str:
    """What was published; of a declared nil and of what is overdue the page that says so; nothing for what is still to come."""
    if state == OK and cell.disclosure_id:
        return reverse("disclosure", args=[cell.disclosure_id])
    return reverse("unit_period", args=[cell.unit.code, cell.pk]) if state in (NIL, LATE) else ""


def _words(cell: Obligation, today: date) -> str:
    """Residents ask whether it is public; by which day it came stands on the progress page."""
    return _public() if state_of(cell, today) == OK else cell.words(today)


@by_language
def _public() -> str:
    return _("已公开")
