"""Scores: by the indicators in force on the period's last day, every unit of a place at once, with the sum written out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.periods import PERIOD_PATTERN, Period, parse_period
from openness.units.models import Unit
from openness.units.names import Level

from ..models import Indicator
from ..rules.score import Measure, earned, to_cent, total
from .evaluators import EVALUATORS, Row
from .facts import Facts
from .indicators import Rules
from .overview import Sums

Answer = Callable[[Unit], Measure]


@dataclass(frozen=True)
class Line:
    """One indicator at one unit."""

    indicator: Indicator
    weight: Decimal
    measure: Measure

    @property
    def counts(self) -> bool:
        return self.weight > 0 and self.measure.degree is not None

    @property
    def points(self) -> Decimal | None:
        """Weight × degree, to the cent, for show: the total is made from the exact fractions."""
        degree = self.measure.degree
        return to_cent(earned(self.weight, degree)) if self.counts and degree is not None else None


@dataclass(frozen=True)
class UnitScore:
    """`score` is 0 to 100 to the cent, None where nothing counts. `vetoes` are the indicators that fail it whatever the score."""

    unit: Unit
    lines: tuple[Line, ...]
    sums: Sums

    @property
    def score(self) -> Decimal | None:
        value = total((line.weight, line.measure.degree) for line in self.lines)
        return None if value is None else to_cent(value)

    @property
    def vetoes(self) -> list[Indicator]:
        return [line.indicator for line in self.lines if line.indicator.veto and line.measure.passed is False]

    def line(self, key: str) -> Line | None:
        return next((line for line in self.lines if line.indicator.key == key), None)

    def steps(self) -> list[str]:
        """The score worked out from this unit's own numbers, one sentence a step."""
        counted = [line for line in self.lines if line.counts]
        steps = [_step(line) for line in counted]
        if not counted:
            return [_("没有一项能计分，所以没有得分。")]
        points, weights = [str(line.points) for line in counted], [_plain(line.weight) for line in counted]
        steps.append(
            _("计入的权重：{sum} = {total}。").format(
                sum=" + ".join(weights), total=_plain(sum((one.weight for one in counted), Decimal(0)))
            )
        )
        steps.append(
            _("得分 = （{points}）÷ 计入的权重 × 100 = {score}（各项都按分数算，最后才保留两位小数）。").format(
                points=" + ".join(points), score=self.score
            )
        )
        return steps


def _step(line: Line) -> str:
    measure = line.measure
    return _("{name}：{words}。权重 {weight} × {good} ÷ {of} = {points}。").format(
        name=line.indicator.name, words=measure.words, weight=_plain(line.weight), good=measure.good, of=measure.of, points=line.points
    )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


@dataclass(frozen=True)
class Ranked:
    """Place in the ranking: units of one level with a score; those with a veto come last, equal scores by fewer overdue."""

    rank: int | None
    of_unit: UnitScore


def read_period(code: str) -> Period | None:
    """The period that somebody typed or linked to; None for what is none."""
    try:
        PERIOD_PATTERN(code)
    except ValidationError:
        return None
    return parse_period(code)


def score(place: Unit, period: Period, today: date | None = None) -> list[UnitScore]:
    """The place itself and the units right below it. A fixed number of queries."""
    below = place.get_children().filter(active=True, level__lte=Level.VILLAGE).order_by("path")
    return score_units([place, *below], period, today)


def score_units(units: Sequence[Unit], period: Period, today: date | None = None) -> list[UnitScore]:
    """In the order given. Units above the county have no score of their own: indicators are for counties and below."""
    facts, rules = Facts(units, period, today or timezone.localdate()), Rules(period.last)
    judged = [unit for unit in units if unit.level >= Level.COUNTY]
    answers = _answers(judged, rules, facts)
    return [_of_unit(unit, rules, answers, facts) for unit in judged]


def _answers(units: Iterable[Unit], rules: Rules, facts: Facts) -> dict[int, Answer]:
    """Each version that applies to one of the units measures once."""
    versions = {row.pk: row for unit in units for row in rules.of_unit(unit)}
    return {pk: EVALUATORS[row.kind].measure(facts, row.parameters) for pk, row in versions.items()}


def _of_unit(unit: Unit, rules: Rules, answers: dict[int, Answer], facts: Facts) -> UnitScore:
    lines = tuple(Line(row, row.weight(unit.level) or Decimal(0), answers[row.pk](unit)) for row in rules.of_unit(unit))
    return UnitScore(unit, lines, facts.sums.get(unit.pk, Sums()))


def ranking(scores: Sequence[UnitScore]) -> list[Ranked]:
    """Best first; equal scores with equally many overdue share a rank; units without a score come last, without one."""
    with_score = sorted((one for one in scores if one.score is not None), key=_order)
    ranked: list[Ranked] = []
    for number, one in enumerate(with_score, start=1):
        same = bool(ranked) and _order(ranked[-1].of_unit) == _order(one)
        ranked.append(Ranked(ranked[-1].rank if same else number, one))
    return ranked + [Ranked(None, one) for one in scores if one.score is None]


def _order(one: UnitScore) -> tuple[bool, Decimal, int]:
    return bool(one.vetoes), -(one.score or Decimal(0)), one.sums.overdue


def by_level(scores: Iterable[UnitScore]) -> dict[int, list[UnitScore]]:
    found: dict[int, list[UnitScore]] = defaultdict(list)
    for one in scores:
        found[one.unit.level].append(one)
    return found


def rows_behind(unit: Unit, indicator: Indicator, period: Period, *, bad_only: bool, today: date | None = None) -> Sequence[Row]:
    """What a figure counts, and no more: as many rows as it says."""
    facts = Facts([unit], period, today or timezone.localdate())
    return EVALUATORS[indicator.kind].rows(facts, unit, indicator.parameters, bad_only=bad_only)
