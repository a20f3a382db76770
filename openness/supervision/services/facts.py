"""What the evaluators measure, gathered for all units of a place at once: each kind of fact is one query, asked when first needed.

A figure of a unit covers the unit and everything below it, as its public page does: the 栏目 of a place are its categories and its fields.
Publications are told by their first receipt, which nobody can date back; what was withdrawn does not count.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Case, Count, DateField, F, Max, Min, Q, QuerySet, Sum, When
from django.utils import timezone

from openness.disclosures.models import Receipt, Verb
from openness.disclosures.periods import Period
from openness.participation.models import Kind, Submission
from openness.units.models import Unit, line_of

from ..models import Obligation, OrderState, Rectification, Sample, State, Step, Tally
from .overview import Scope, Sums, sums_by_unit

V = TypeVar("V")
_OPEN = F("total") - F("on_time") - F("late") - F("nil") - F("waived")
FREQUENT = ("Q", "0", "1")  # what follows the dash in the code of a quarter or a month


@dataclass(frozen=True)
class Column:
    """A field of a place: cells that have come due, how many of them were answered in any way, and the oldest blank."""

    due: int
    answered: int
    oldest_blank: date | None


class Facts:
    """Facts about these units, all at or below `roots`, for a period as it stands on `today`.

    `dated` is the newest publication that the period knows of; `missed` the last due day whose blank is a blank.
    """

    def __init__(self, units: Sequence[Unit], period: Period, today: date) -> None:
        self.units, self.period, self.today = units, period, today
        self.scope = Scope(period.first, period.last, today)
        self.until = self.scope.until
        self.missed = min(period.last, today - timedelta(days=1))
        self._by_item: dict[date, dict[tuple[int, str], list[date]]] = {}

    @cached_property
    def roots(self) -> list[str]:
        """The shortest paths that cover the units."""
        found: list[str] = []
        for path in sorted(unit.path for unit in self.units):
            if not found or not path.startswith(found[-1]):
                found.append(path)
        return found

    def below(self, prefix: str) -> Q:
        """What belongs to a unit under the roots; everything where the roots are the whole tree."""
        condition = Q(pk__in=[])
        for path in self.roots:
            condition |= Q(**{f"{prefix}path__startswith": path})
        return condition

    @cached_property
    def sums(self) -> dict[int, Sums]:
        return sums_by_unit(self.units, self.scope)

    @cached_property
    def tree(self) -> dict[int, Unit]:
        """Every unit at or below the roots, by its key; those out of use too."""
        rows = Unit.objects.filter(self.below("")).only("pk", "path", "depth", "code", "short_name", "level")
        return {unit.pk: unit for unit in rows}

    @cached_property
    def above(self) -> dict[int, list[int]]:
        """Unit -> itself and the units above it that lie under the roots."""
        known = {unit.path: pk for pk, unit in self.tree.items()}
        return {pk: [known[path] for path in line_of(unit.path) if path in known] for pk, unit in self.tree.items()}

    @cached_property
    def columns(self) -> dict[int, dict[str, Column]]:
        """Unit -> field -> its cells due to the end of the period, of all times."""
        blank = Min(Case(When(open__gt=0, then="due_on"), output_field=DateField()))
        rows = (
            Tally.objects.filter(self.below("unit__"), due_on__lte=self.missed)
            .annotate(open=_OPEN)
            .order_by()
            .values_list("unit", "field__name")
            .annotate(due=Sum("total"), blanks=Sum("open"), oldest=blank)
        )
        found: dict[int, dict[str, Column]] = defaultdict(dict)
        for unit, field, due, blanks, oldest in rows.iterator():
            if due:
                found[unit][field] = Column(due, due - blanks, oldest)
        return found

    @cached_property
    def _newest(self) -> list[tuple[int, str, str, date]]:
        """(unit, category, field, newest day) as published by the units themselves."""
        rows = self.published().values_list("unit", "disclosure__category", "disclosure__item__field__name").annotate(newest=Max("at"))
        return [(unit, category, field, timezone.localdate(at)) for unit, category, field, at in rows.iterator()]

    @cached_property
    def samples(self) -> dict[int, list[Sample]]:
        """Unit -> its disclosures that a spot check looked at and marked in the period, in the order of the looking."""
        start, end = _midnight(self.period.first), _midnight(self.until + timedelta(days=1))
        rows = Sample.objects.filter(self.below("unit__"), judged_at__gte=start, judged_at__lt=end, score__isnull=False)
        found: dict[int, list[Sample]] = defaultdict(list)
        for one in rows.select_related("disclosure").defer("disclosure__body").order_by("judged_at", "pk").iterator():
            found[one.unit_id].append(one)
        return found

    @cached_property
    def orders(self) -> dict[int, list[tuple[Rectification, date | None]]]:
        """Unit -> its rectification orders due in the period, with the day of the answer that stands; cancelled ones are left out."""
        answered = Max("events__at", filter=Q(events__step=Step.ANSWER))
        rows = Rectification.objects.filter(self.below("unit__"), due_on__gte=self.period.first, due_on__lte=self.period.last)
        found: dict[int, list[tuple[Rectification, date | None]]] = defaultdict(list)
        for one in rows.exclude(state=OrderState.CANCELLED).annotate(answered=answered).order_by("due_on", "pk"):
            at: datetime | None = one.answered  # type: ignore[attr-defined]
            stands = one.state in (OrderState.ANSWERED, OrderState.CLOSED)
            found[one.unit_id].append((one, timezone.localdate(at) if at and stands else None))
        return found

    @cached_property
    def messages(self) -> dict[int, list[tuple[str, date]]]:
        """Unit -> (number, day of arrival) of the messages that had no answer at the end of the stretch, oldest first."""
        end = _midnight(self.until + timedelta(days=1))
        rows = Submission.objects.filter(self.below("unit__"), kind=Kind.MESSAGE, received_at__lt=end)
        rows = rows.filter(Q(answered_at=None) | Q(answered_at__gte=end)).order_by("received_at", "pk")
        found: dict[int, list[tuple[str, date]]] = defaultdict(list)
        for unit, number, at in rows.values_list("unit", "number", "received_at").iterator():
            found[unit].append((number, timezone.localdate(at)))
        return found

    def published(self) -> QuerySet[Receipt]:
        end = _midnight(self.until + timedelta(days=1))
        return Receipt.objects.filter(self.below("unit__"), verb=Verb.PUBLISH, at__lt=end, disclosure__withdrawn_at__isnull=True).order_by()

    @cached_property
    def newest_by_category(self) -> dict[int, dict[str, date]]:
        return self._rolled((unit, category, day) for unit, category, _field, day in self._newest)

    @cached_property
    def newest_by_field(self) -> dict[int, dict[str, date]]:
        return self._rolled((unit, field, day) for unit, _category, field, day in self._newest)

    def _rolled(self, rows: Iterable[tuple[int, str, date]]) -> dict[int, dict[str, date]]:
        found: dict[int, dict[str, date]] = defaultdict(dict)
        for unit, name, day in rows:
            for one in self.above.get(unit, ()):
                found[one][name] = max(day, found[one].get(name, day))
        return found

    def days_by_item(self, since: date) -> Mapping[tuple[int, str], list[date]]:
        """(unit, item) -> the days on which the unit published under it from `since` on, oldest first."""
        if since not in self._by_item:
            start = _midnight(since)
            found: dict[tuple[int, str], list[date]] = defaultdict(list)
            rows = self.published().filter(at__gte=start).order_by("at").values_list("unit", "disclosure__item__key", "at")
            for unit, key, at in rows.iterator():
                found[unit, key].append(timezone.localdate(at))
            self._by_item[since] = found
        return self._by_item[since]

    def frequent_items(self, since: date) -> Iterator[tuple[int, str, str]]:
        """(unit, item's key, item's name) that the unit owed monthly or quarterly at some day from `since` on."""
        wanted = Q(pk__in=[])
        for mark in FREQUENT:
            wanted |= Q(period__contains=f"-{mark}")
        rows = (
            Obligation.objects.filter(self.below("unit__"), wanted, due_on__gte=since, due_on__lte=self.missed)
            .exclude(state__in=(State.NIL, State.WAIVED))
            .order_by()
            .values_list("unit", "duty__key", "duty__item__level1", "duty__item__level2", "duty__item__level3")
            .annotate(cells=Count("pk"))
        )
        for unit, key, *levels, _cells in rows.iterator():
            yield unit, key, next(level for level in reversed(levels) if level)

    def inside(self, unit: Unit, by_unit: Mapping[int, V]) -> Iterator[tuple[Unit, V]]:
        """What is known of the unit and of each unit below it, in the order of the tree."""
        for one in self.in_order:
            if one.path.startswith(unit.path) and one.pk in by_unit:
                yield one, by_unit[one.pk]

    @cached_property
    def in_order(self) -> list[Unit]:
        return sorted(self.tree.values(), key=lambda unit: unit.path)

    def counted(self, rows: Callable[[Unit], Iterable[Any]]) -> dict[int, list[int]]:
        """Unit -> [how many rows, how many of them are true] in the unit and below: each unit's rows are asked once."""
        found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for unit in self.tree.values():
            own = list(rows(unit))
            for one in self.above[unit.pk]:
                found[one][0] += len(own)
                found[one][1] += sum(map(bool, own))
        return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
