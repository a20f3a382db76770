"""A year of disclosures for the demo's townships and their villages, some late and some missing, by the pace of each unit."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.disclosures.periods import Period, period_of
from openness.units.models import Unit
from openness.units.names import Kind

from .ledgers import QUARTERLY
from .pace import SEED, pace_of
from .town import OFTEN, ONCE
from .village import OCCASIONAL, Story

Told = tuple[Disclosure, datetime]
Stories = Callable[[Random, Unit, date], Iterator[tuple[Story, datetime]]]
FULL_QUARTERS = 3
RURAL_FIELDS = frozenset({"宅基地和土地", "涉农补贴", "农村危房改造"})
# The clerk whom everybody tries out has something to do, whatever the day.
LEFT_OPEN = {"220204101200": frozenset({"各类资源", "宅基地审批情况"})}
_COMMUNITY_ITEMS = {"各项收入": "居委会工作经费"}


def tell_year(towns: list[Unit], today: date, seed: int = SEED) -> Iterator[Told]:
    """Unsaved disclosures of the last twelve months, each with the moment of its publication; oldest first."""
    items = _items_of(towns[0])
    told: list[Told] = []
    for town in towns:
        own = {name: item for name, item in items.items() if town.kind != Kind.STREET or item.field.name not in RURAL_FIELDS}
        told += _of_units([town], own, _town_stories, today, seed)
        told += _of_units(list(town.get_children().filter(active=True)), own, _village_stories, today, seed)
    yield from sorted(told, key=lambda pair: (pair[1], pair[0].unit.code, pair[0].title))


def ledger_start(today: date) -> date:
    """The first day from which everything that recurs is told of."""
    return ended_quarters(today)[FULL_QUARTERS - 1].first


def _items_of(town: Unit) -> dict[str, Item]:
    items = Item.objects.in_force().filter(field__standard__area=town.code[:6]).select_related("field__standard")
    return {item.name: item for item in items}


def _of_units(units: Iterable[Unit], items: dict[str, Item], stories: Stories, today: date, seed: int) -> Iterator[Told]:
    for unit in units:
        chance = Random(f"{seed}-{unit.code}")  # noqa: S311  (a story, not a secret)
        for story, published in stories(chance, unit, today):
            item = items.get(_COMMUNITY_ITEMS.get(story.item, story.item) if unit.kind == Kind.COMMUNITY else story.item)
            if item is not None and _binds(item, unit) and published <= timezone.now():
                yield disclosure_of(unit, item, story, published), published


def _binds(item: Item, unit: Unit) -> bool:
    return {Kind.VILLAGE: item.binds_villages, Kind.COMMUNITY: item.binds_communities}.get(Kind(unit.kind), True)


def _village_stories(chance: Random, unit: Unit, today: date) -> Iterator[tuple[Story, datetime]]:
    pace = pace_of(unit.code)
    for age, period in reversed(list(enumerate(ended_quarters(today)))):
        for kind in QUARTERLY if age < FULL_QUARTERS else QUARTERLY[:2]:
            story = kind(chance, unit.short_name, period)
            late = chance.random() < pace.at(age).late
            missing = chance.random() < pace.at(age).missing or (age == 0 and story.item in LEFT_OPEN.get(unit.code, ()))
            if not missing:
                yield story, moment(chance, period.last + timedelta(days=chance.randrange(26, 60) if late else chance.randrange(3, 19)))
    for occasion in chance.sample(OCCASIONAL, chance.randrange(1, 3)):
        yield from _told_on(chance, occasion, unit, _some_day(chance, today))


def _town_stories(chance: Random, unit: Unit, today: date) -> Iterator[tuple[Story, datetime]]:
    for kind in ONCE:
        yield from _told_on(chance, kind, unit, _some_day(chance, today))
    for month in range(11, -1, -1):
        day = today - timedelta(days=30 * month + chance.randrange(3, 25))
        yield from _told_on(chance, chance.choice(OFTEN), unit, day)
    yield from _told_on(chance, OFTEN[3], unit, today - timedelta(days=4))


def _told_on(chance: Random, kind: Callable[[Random, str, date], Story], unit: Unit, day: date) -> Iterator[tuple[Story, datetime]]:
    story = kind(chance, unit.short_name, day)
    yield story, moment(chance, day + timedelta(days=chance.randrange(0, 3)))


def ended_quarters(today: date) -> list[Period]:
    """The last four, newest first."""
    periods = [period_of(today, "quarter").before()]
    while len(periods) < 4:
        periods.append(periods[-1].before())
    return periods


def _some_day(chance: Random, today: date) -> date:
    return today - timedelta(days=chance.randrange(5, 360))


def moment(chance: Random, day: date) -> datetime:
    """Some time of that day at which offices are open."""
    return timezone.make_aware(datetime.combine(day, time(8 + chance.randrange(9), chance.randrange(60))))


def disclosure_of(unit: Unit, item: Item, story: Story, published: datetime) -> Disclosure:
    """Not saved yet."""
    start = timezone.localdate(published)
    return Disclosure(
        unit=unit,
        item=item,
        title=story.title,
        category=story.category,
        period=story.period,
        formed_on=story.formed_on,
        document_number=story.document_number,
        summary=story.summary,
        body=story.body,
        notice_from=start if story.notice_days else None,
        notice_until=start + timedelta(days=story.notice_days - 1) if story.notice_days else None,
        comes_down=story.comes_down,
    )
