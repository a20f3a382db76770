"""What a supervisor reads: sums of a place, of the places below it, by field and by month; and the cells behind any number.

Every figure comes from `Tally`, every list from `Obligation`, by the same dates, so that a number equals the length of its list.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import TruncMonth

from openness.units.models import Unit

from ..models import Obligation, State, Tally


@dataclass(frozen=True)
class Scope:
    """What is looked at: cells due from `first` to `last`, of one field or of all, as they stand on `today`."""

    first: date
    last: date
    today: date
    field: int | None = None

    @property
    def until(self) -> date:
        """The last due date that counts today: what is due tomorrow is not missing."""
        return min(self.last, self.today)


@dataclass(frozen=True)
class Sums:
    """Numbers of cells whose day has come.

    `owed` (应公开) leaves out what was declared nil or waived; done = on_time + late; overdue = owed - done, but for what is due today.
    `checked` are those of `done` that the machine has looked at for the elements asked for, `complete` those of them that lack none.
    """

    total: int = 0
    on_time: int = 0
    late: int = 0
    nil: int = 0
    waived: int = 0
    checked: int = 0
    complete: int = 0
    due_today: int = 0

    @property
    def owed(self) -> int:
        return self.total - self.nil - self.waived - self.due_today

    @property
    def done(self) -> int:
        return self.on_time + self.late

    @property
    def overdue(self) -> int:
        return self.owed - self.done

    @property
    def incomplete(self) -> int:
        return self.checked - self.complete

    @property
    def rate(self) -> float | None:
        """公开率: done of what is owed; None where nothing is owed."""
        return self.done / self.owed if self.owed else None

    @property
    def on_time_rate(self) -> float | None:
        """及时率: on time of what is owed."""
        return self.on_time / self.owed if self.owed else None

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) + getattr(other, name) for name in _NAMES))

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) - getattr(other, name) for name in _NAMES))


_NAMES = ("total", "on_time", "late", "nil", "waived", "checked", "complete", "due_today")
_OPEN = F("total") - F("on_time") - F("late") - F("nil") - F("waived")


def _sums(today: date) -> dict[str, Sum]:
    waits = Case(When(due_on=today, then=_OPEN), default=Value(0), output_field=IntegerField())
    return {f"{name}_sum": Sum(name) for name in _NAMES[:-1]} | {"due_today_sum": Sum(waits)}


def _read(row: Any) -> Sums:
    return Sums(*(row[f"{name}_sum"] or 0 for name in _NAMES))


def _tallies(units: Iterable[int], scope: Scope) -> QuerySet[Tally]:
    rows = Tally.objects.filter(unit__in=list(units), due_on__gte=scope.first, due_on__lte=scope.until)
    return rows.filter(field=scope.field) if scope.field else rows


def sums_of(unit: Unit, scope: Scope) -> Sums:
    """One query."""
    return _read(_tallies([unit.pk], scope).aggregate(**_sums(scope.today)))


def sums_by_unit_and_field(units: Sequence[Unit], scope: Scope) -> dict[tuple[int, int], Sums]:
    """(unit, field) -> sums: the heat map. One query."""
    rows = _tallies((unit.pk for unit in units), scope).order_by().values("unit", "field").annotate(**_sums(scope.today))
    return {(row["unit"], row["field"]): _read(row) for row in rows}


def sums_alone(unit: Unit, scope: Scope) -> Sums:
    """Of the unit's own cells, without those of the units below it. Two or three queries."""
    below = sums_by_unit(list(unit.get_children()), scope)
    return sums_of(unit, scope) - sum(below.values(), start=Sums())


def sums_by_unit(units: Sequence[Unit], scope: Scope) -> dict[int, Sums]:
    rows = _tallies((unit.pk for unit in units), scope).order_by().values("unit").annotate(**_sums(scope.today))
    return {row["unit"]: _read(row) for row in rows}


def sums_by_month(unit: Unit, scope: Scope) -> list[tuple[date, Sums]]:
    """By the month that cells were due in, oldest first: the trend. One query."""
    rows = _tallies([unit.pk], scope).order_by().annotate(month=TruncMonth("due_on")).values("month").annotate(**_sums(scope.today))
    return sorted((row["month"], _read(row)) for row in rows)


def cells_behind(unit: Unit, scope: Scope, state: str, *, alone: bool = False) -> QuerySet[Obligation]:
    """The cells that a figure counts: owed, done, on_time, late, nil, waived, overdue, complete or incomplete; oldest due first.

    `alone`: the unit's own cells, without those of the units below it.
    """
    cells = Obligation.objects.filter(unit=unit) if alone else Obligation.objects.below(unit)
    cells = cells.filter(due_on__gte=scope.first, due_on__lte=scope.until)
    if scope.field:
        cells = cells.filter(duty__field=scope.field)
    return cells.filter(_BEHIND[state](scope.today)).order_by("due_on", "pk")


def _owed(today: date) -> Q:
    return ~Q(state__in=(State.NIL, State.WAIVED)) & ~Q(state=State.OPEN, due_on=today)


_BEHIND: dict[str, Callable[[date], Q]] = {
    "owed": _owed,
    "done": lambda today: (
        ~Q(state__in=(State.OPEN, State.NIL, State.WAIVED))
    ),  # most of all cells: read in the order of days, not gathered by state
    "on_time": lambda today: Q(state=State.ON_TIME),
    "late": lambda today: Q(state=State.LATE),
    "nil": lambda today: Q(state=State.NIL),
    "waived": lambda today: Q(state=State.WAIVED),
    "overdue": lambda today: Q(state=State.OPEN, due_on__lt=today),
    "complete": lambda today: Q(complete=True),
    "incomplete": lambda today: Q(complete=False),
}
