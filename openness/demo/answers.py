"""Answering what the ledger still asks after the stories are told: monthly lists, what stands all the time, and 本期无此事项."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from django.db.models import Q, QuerySet
from django.utils import timezone

from openness.disclosures.periods import parse_period, period_of
from openness.disclosures.services.bulk import publish_many
from openness.supervision.models import Obligation, State
from openness.supervision.services.declare_many import declare_many

from .signing import signed_on_paper
from .stories.pace import SEED, Pace, pace_of
from .stories.standing import standing
from .stories.town import elder_allowance
from .stories.village import Story
from .stories.year import Told, disclosure_of, ended_quarters, moment

_MONTHLY = "老年人补贴"
_REASON = "这一期没有发生"
_NIL_FORGOTTEN = 0.1  # of what a unit never publishes: to say "nothing" is less work than to write
_STANDING_FORGOTTEN = 0.5


def publish_rest(today: date, clerk: str, reviewer: str) -> int:
    """Monthly lists and standing texts, as punctual as their units. Returns how many."""
    cells = _open(today).filter(Q(period="") | Q(item__level2=_MONTHLY)).select_related("unit", "duty", "item__field__standard")
    told = sorted(_told(cells), key=lambda pair: (pair[1], pair[0].unit.code, pair[0].title))
    times = {id(draft): at for draft, at in told}
    publish_many([draft for draft, _at in told], clerk, reviewer, clock=lambda draft: times[id(draft)], signer=signed_on_paper)
    return len(told)


def declare_rest(today: date, clerk: str) -> int:
    """Event items of quarters that are over: nothing happened, and most units say so. Returns how many."""
    times = dict(_declared(today))
    return declare_many(sorted(times), clerk, _REASON, lambda cell: times[cell.pk])


def _open(today: date) -> QuerySet[Obligation]:
    return Obligation.objects.filter(state=State.OPEN, opens_on__lte=today).order_by("pk")


def _chance(unit: str, duty: str, period: str) -> Random:
    """The same for the same cell, whatever its number in the database."""
    return Random(f"{SEED}-{unit}-{duty}-{period}")  # noqa: S311  (a story, not a secret)


def _told(cells: Iterable[Obligation]) -> Iterator[Told]:
    for cell in cells:
        chance, pace = _chance(cell.unit.code, cell.duty.key, cell.period), pace_of(cell.unit.code)
        story, day = _monthly(chance, cell, pace) if cell.period else _standing(chance, cell, pace)
        at = moment(chance, day)
        if story is not None and at <= timezone.now():
            yield disclosure_of(cell.unit, cell.item, story, at), at


def _monthly(chance: Random, cell: Obligation, pace: Pace) -> tuple[Story | None, date]:
    """The list of a month, paid out on its last day."""
    period = parse_period(cell.period)
    pace = pace.at(_age(cell.due_on))
    late, missing = chance.random() < pace.late, chance.random() < pace.missing
    day = cell.opens_on + timedelta(days=chance.randrange(12, 30) if late else chance.randrange(2, 9))
    told = None if missing or period is None else elder_allowance(chance, cell.unit.short_name, period.last)
    return told, day


def _standing(chance: Random, cell: Obligation, pace: Pace) -> tuple[Story | None, date]:
    late, missing = chance.random() < pace.late, chance.random() < pace.missing * _STANDING_FORGOTTEN
    day = cell.due_on + timedelta(days=chance.randrange(5, 40)) if late else cell.opens_on + timedelta(days=chance.randrange(1, 20))
    told = None if missing else standing(chance, cell.item.name, cell.unit.short_name, day)
    return told, day


def _age(due_on: date) -> int:
    """Quarters ago."""
    today, age = timezone.localdate(), 0
    period = period_of(today, "quarter").before()
    while due_on < period.first:
        period, age = period.before(), age + 1
    return age


def _declared(today: date) -> Iterator[tuple[int, datetime]]:
    """(primary key of a cell, when its unit said that there is nothing)."""
    quarters = {period.code: (age, period.last) for age, period in enumerate(ended_quarters(today))}
    cells = _open(today).filter(period__in=quarters, item__cadence="")
    for pk, unit, duty, code in cells.values_list("pk", "unit__code", "duty__key", "period"):
        chance, (age, last) = _chance(unit, duty, code), quarters[code]
        at = moment(chance, last + timedelta(days=chance.randrange(1, 18)))
        if chance.random() >= pace_of(unit).at(age).missing * _NIL_FORGOTTEN and at <= timezone.now():
            yield pk, at
