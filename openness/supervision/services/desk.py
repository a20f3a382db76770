"""What the desk shows of one place: figures, heat map, ranking, what is overdue, the trend. A fixed number of queries at any size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.disclosures.periods import Period, parse_period, period_label, period_of
from openness.units.models import Unit

from ..models import LedgerField, Obligation
from .figures import Figure, figures, figures_elsewhere, percent
from .overview import Scope, Sums, cells_behind, sums_alone, sums_by_month, sums_by_unit_and_field, sums_of

OVERDUE_SHOWN = 20
TREND_MONTHS = 6
STATES = {
    "owed": gettext_lazy("应公开"),
    "done": gettext_lazy("已公开"),
    "on_time": gettext_lazy("按时公开"),
    "late": gettext_lazy("逾期后公开"),
    "overdue": gettext_lazy("逾期没公开"),
    "nil": gettext_lazy("本期无此事项"),
    "waived": gettext_lazy("经批准不公开"),
    "complete": gettext_lazy("要素齐全"),
    "incomplete": gettext_lazy("可能缺要素"),
}


@dataclass(frozen=True)
class Choice:
    """What somebody chose to look at. `period` is a year or a quarter, by the days that cells are due.

    `alone` leaves out the units below; only lists know it.
    """

    unit: Unit
    period: Period
    field: LedgerField | None = None
    alone: bool = False

    @property
    def name(self) -> str:
        return own_name(self.unit) if self.alone else str(self.unit)

    def scope(self, today: date) -> Scope:
        return Scope(self.period.first, self.period.last, today, self.field.pk if self.field else None)

    def scope_before(self, today: date) -> Scope:
        """The stretch before of the same length: of a period that is not over, as many days as have passed of it."""
        before, scope = self.period.before(), self.scope(today)
        passed = scope.until - scope.first
        last = min(before.last, before.first + passed) if today < self.period.last else before.last
        return replace(scope, first=before.first, last=last)

    def before_words(self, today: date) -> str:
        words = {"year": (_("上年同期"), _("上年")), "month": (_("上月同期"), _("上月"))}
        running, over = words.get(self.period.cadence, (_("上季度同期"), _("上季度")))
        return running if today < self.period.last else over


@dataclass(frozen=True)
class Cell:
    """A cell of the heat map: a rate in percent, or None where nothing is owed."""

    field: LedgerField
    sums: Sums

    @property
    def percent(self) -> int | None:
        return self.sums.done * 100 // self.sums.owed if self.sums.owed else None

    @property
    def heat(self) -> int:
        """1 (below 60) to 5 (100)."""
        percent = self.percent
        if percent is None:
            return 0
        return 1 + sum(percent >= bound for bound in (60, 80, 90, 100))


@dataclass(frozen=True)
class Row:
    """A place of the heat map, or the looked-at unit itself without what is below it (`alone`); `rank` only in a ranking."""

    unit: Unit
    cells: tuple[Cell, ...]
    total: Sums
    alone: bool = False
    rank: int | None = None

    @property
    def name(self) -> str:
        return own_name(self.unit) if self.alone else str(self.unit)

    @property
    def percent(self) -> str:
        return percent(self.total.done, self.total.owed)


@dataclass(frozen=True)
class Desk:
    choice: Choice
    today: date
    sums: Sums
    figures: tuple[Figure, ...]
    fields: tuple[LedgerField, ...]
    rows: tuple[Row, ...]
    ranking: tuple[Row, ...]
    overdue: tuple[Obligation, ...]
    trend: tuple[tuple[date, Sums], ...]


def own_name(unit: Unit) -> str:
    """A township's own duties, beside those of its villages."""
    return _("{unit}本级").format(unit=unit)


def desk(choice: Choice, today: date) -> Desk:
    """Seven queries: sums now and before, children, fields, heat map, what is overdue, trend."""
    sums, before = sums_of(choice.unit, choice.scope(today)), sums_of(choice.unit, choice.scope_before(today))
    fields = tuple(LedgerField.objects.order_by("name")) if choice.field is None else (choice.field,)
    rows = _rows(choice, fields, today)
    overdue = cells_behind(choice.unit, choice.scope(today), "overdue").select_related("unit", "town", "item")
    shown_figures = figures(sums, before, choice.before_words(today)) + figures_elsewhere(choice, today)
    shown = {cell.field.pk for row in rows for cell in row.cells if cell.sums.total}
    return Desk(
        choice, today, sums, shown_figures, tuple(field for field in fields if field.pk in shown), rows,
        _ranked(choice.unit, rows), tuple(_narrow(overdue)[:OVERDUE_SHOWN]), _trend(choice, today),
    )  # fmt: skip


def number_of(choice: Choice, today: date, state: str) -> int:
    """How many cells are behind a figure, from the sums: counting a province's cells one by one would take seconds."""
    count = sums_alone if choice.alone else sums_of
    number: int = getattr(count(choice.unit, choice.scope(today)), state)
    return number


def _narrow(cells: QuerySet[Obligation]) -> QuerySet[Obligation]:
    return cells.defer("item__raw", "item__elements", "item__basis")


def _rows(choice: Choice, fields: Sequence[LedgerField], today: date) -> tuple[Row, ...]:
    """The unit's own duties and those of each unit below. A unit no longer in use stays while its cells are counted above."""
    children = list(choice.unit.get_children())
    found = sums_by_unit_and_field([choice.unit, *children], choice.scope(today))
    below = [_row(unit, fields, found) for unit in children]
    own = _own(_row(choice.unit, fields, found), below)
    return (*([own] if own.total.total or not children else []), *(row for row in below if row.unit.active or row.total.total))


def _row(unit: Unit, fields: Sequence[LedgerField], found: Mapping[tuple[int, int], Sums]) -> Row:
    cells = tuple(Cell(field, found.get((unit.pk, field.pk), Sums())) for field in fields)
    return Row(unit, cells, sum((cell.sums for cell in cells), start=Sums()))


def _own(whole: Row, below: Sequence[Row]) -> Row:
    """What remains of a unit without the units below it."""
    if not below:
        return whole
    columns = zip(whole.cells, *(row.cells for row in below), strict=True)
    cells = tuple(Cell(one.field, one.sums - sum((cell.sums for cell in others), start=Sums())) for one, *others in columns)
    return Row(whole.unit, cells, sum((cell.sums for cell in cells), start=Sums()), alone=True)


def _ranked(unit: Unit, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The units below by 公开率, then by fewer overdue; equal ones share a rank. What has nothing owed is not ranked."""
    below = [row for row in rows if row.total.owed and row.unit.pk != unit.pk]
    ordered = sorted(below, key=lambda row: (-(row.total.rate or 0), row.total.overdue, row.unit.path))
    ranked: list[Row] = []
    for place, row in enumerate(ordered, start=1):
        same = ranked and (ranked[-1].total.rate, ranked[-1].total.overdue) == (row.total.rate, row.total.overdue)
        ranked.append(replace(row, rank=ranked[-1].rank if same else place))
    return tuple(ranked)


def _trend(choice: Choice, today: date) -> tuple[tuple[date, Sums], ...]:
    """The last six months that have begun, whatever period is chosen; a month without anything due is there too."""
    months = [period_of(today, "month")]
    while len(months) < TREND_MONTHS:
        months.insert(0, months[0].before())
    found = dict(sums_by_month(choice.unit, replace(choice.scope(today), first=months[0].first, last=today)))
    return tuple((month.first, found.get(month.first, Sums())) for month in months)


def periods_to_choose(today: date) -> list[tuple[str, str]]:
    """(code, words): this year, its quarters that have begun, and last year's."""
    found = []
    for year in (today.year, today.year - 1):
        codes = [f"{year}", *(f"{year}-Q{quarter}" for quarter in (4, 3, 2, 1) if date(year, 3 * quarter - 2, 1) <= today)]
        found += [(code, _("{period}到期的").format(period=period_label(code))) for code in codes]
    return found


def period_chosen(code: str, today: date) -> Period:
    """The period of a code from the list; this year for anything else."""
    if code in dict(periods_to_choose(today)):
        period = parse_period(code)
        if period is not None:
            return period
    return period_of(today, "year")
