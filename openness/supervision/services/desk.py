"""What the desk shows of one place: figures, heat map, ranking, what is overdue, the trend. A fixed number of queries at any size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from openness.disclosures.periods import Period, parse_period, period_label, period_of
from openness.units.models import Unit

from ..models import LedgerField, Obligation
from .overview import Scope, Sums, cells_behind, sums_by_month, sums_by_unit_and_field, sums_of

OVERDUE_SHOWN = 20
TREND_MONTHS = 6
STATES = {
    "owed": "应公开",
    "done": "已公开",
    "on_time": "按时公开",
    "late": "逾期后公开",
    "overdue": "逾期没公开",
    "nil": "本期无此事项",
    "waived": "经批准不公开",
}


@dataclass(frozen=True)
class Choice:
    """What somebody chose to look at. `period` is a year or a quarter, by the days that cells are due."""

    unit: Unit
    period: Period
    field: LedgerField | None = None

    def scope(self, today: date) -> Scope:
        return Scope(self.period.first, self.period.last, today, self.field.pk if self.field else None)

    def before(self) -> "Choice":
        return replace(self, period=self.period.before())


@dataclass(frozen=True)
class Figure:
    """One number with what it is made of, the change against the period before (in points or cells), and the list behind it."""

    label: str
    value: str
    detail: str
    change: str
    state: str


@dataclass(frozen=True)
class Cell:
    """A cell of the heat map: a rate in percent, or None where nothing is owed."""

    field: LedgerField
    sums: Sums

    @property
    def percent(self) -> int | None:
        return None if self.sums.rate is None else int(self.sums.rate * 100)

    @property
    def heat(self) -> int:
        """1 (below 60) to 5 (100)."""
        percent = self.percent
        if percent is None:
            return 0
        return 1 + sum(percent >= bound for bound in (60, 80, 90, 100))


@dataclass(frozen=True)
class Row:
    """A place of the heat map; `rank` is None where nothing is owed."""

    unit: Unit
    cells: tuple[Cell, ...]
    total: Sums
    rank: int | None = None

    @property
    def percent(self) -> str:
        return percent(self.total.rate)


@dataclass(frozen=True)
class Desk:
    choice: Choice
    today: date
    figures: tuple[Figure, ...]
    fields: tuple[LedgerField, ...]
    rows: tuple[Row, ...]
    ranking: tuple[Row, ...]
    overdue: tuple[Obligation, ...]
    overdue_number: int
    trend: tuple[tuple[date, Sums], ...]


def desk(choice: Choice, today: date) -> Desk:
    """Seven queries: sums now and before, children, fields, heat map, what is overdue, trend."""
    sums, before = sums_of(choice.unit, choice.scope(today)), sums_of(choice.unit, choice.before().scope(today))
    fields = tuple(LedgerField.objects.order_by("name")) if choice.field is None else (choice.field,)
    rows = _rows(choice, fields, today)
    overdue = cells_behind(choice.unit, choice.scope(today), "overdue").select_related("unit", "item")[:OVERDUE_SHOWN]
    return Desk(
        choice, today, _figures(sums, before), tuple(field for field in fields if any(row.cells[fields.index(field)].sums.total for row in rows)),
        rows, _ranked(rows), tuple(overdue), sums.overdue, _trend(choice, today),
    )  # fmt: skip


def _rows(choice: Choice, fields: Sequence[LedgerField], today: date) -> tuple[Row, ...]:
    children = list(choice.unit.get_children().filter(active=True)) or [choice.unit]
    found = sums_by_unit_and_field(children, choice.scope(today))
    return tuple(_row(unit, fields, found) for unit in children)


def _row(unit: Unit, fields: Sequence[LedgerField], found: Mapping[tuple[int, int], Sums]) -> Row:
    cells = tuple(Cell(field, found.get((unit.pk, field.pk), Sums())) for field in fields)
    return Row(unit, cells, sum((cell.sums for cell in cells), start=Sums()))


def _ranked(rows: Sequence[Row]) -> tuple[Row, ...]:
    """By 公开率, then by fewer overdue; equal ones share a rank. What has nothing owed is not ranked."""
    owed = [row for row in rows if row.total.owed]
    ordered = sorted(owed, key=lambda row: (-(row.total.rate or 0), row.total.overdue, row.unit.path))
    ranked: list[Row] = []
    for place, row in enumerate(ordered, start=1):
        same = ranked and (ranked[-1].total.rate, ranked[-1].total.overdue) == (row.total.rate, row.total.overdue)
        ranked.append(replace(row, rank=ranked[-1].rank if same else place))
    return tuple(ranked)


def _trend(choice: Choice, today: date) -> tuple[tuple[date, Sums], ...]:
    """The last six months that have begun, whatever period is chosen."""
    first = period_of(today, "month")
    for _month in range(TREND_MONTHS - 1):
        first = first.before()
    scope = replace(choice.scope(today), first=first.first, last=today)
    return tuple(sums_by_month(choice.unit, scope))


def _figures(now: Sums, before: Sums) -> tuple[Figure, ...]:
    return (
        Figure(_("公开率"), percent(now.rate), f"{now.done}/{now.owed}", _points(now.rate, before.rate), "done"),
        Figure(
            _("及时率"), percent(now.on_time_rate), f"{now.on_time}/{now.owed}", _points(now.on_time_rate, before.on_time_rate), "on_time"
        ),
        Figure(_("逾期没公开"), str(now.overdue), _("应公开 {n} 项").format(n=now.owed), _cells(now.overdue, before.overdue), "overdue"),
        Figure(_("逾期后公开"), str(now.late), _("已公开 {n} 项").format(n=now.done), _cells(now.late, before.late), "late"),
        Figure(_("本期无此事项"), str(now.nil), _("申报过的，不算应公开"), _cells(now.nil, before.nil), "nil"),
    )


def percent(rate: float | None) -> str:
    """One decimal, never rounded up to 100 while something is missing."""
    return "–" if rate is None else f"{int(rate * 1000) / 10:g}%"


def _points(now: float | None, before: float | None) -> str:
    if now is None or before is None:
        return _("上期没有可比的")
    change = round((now - before) * 100, 1)
    return _("和上期持平") if not change else _("比上期{way} {n:g} 个百分点").format(way=_("高") if change > 0 else _("低"), n=abs(change))


def _cells(now: int, before: int) -> str:
    change = now - before
    return _("和上期持平") if not change else _("比上期{way} {n} 项").format(way=_("多") if change > 0 else _("少"), n=abs(change))


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
