"""Working-day arithmetic over the official calendar with make-up days (调休).

Limits such as 20 working days count from the day after the event (民法典 art. 201: the first day is not counted).
A year that the State Council has not announced counts Monday to Friday, and says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """`exceptions` maps a day to True (a weekend worked) or False (a weekday off); `announced` are the years known."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    announced: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < _SATURDAY)

    def is_announced(self, *days: date) -> bool:
        """Whether every year between the first and the last of these days has been announced."""
        return all(year in self.announced for year in range(min(days).year, max(days).year + 1))

    def add_working_days(self, start: date, number: int) -> date:
        """The day on which `number` working days have passed after `start`; back in time for a negative number."""
        step, left, day = (_DAY if number >= 0 else -_DAY), abs(number), start
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(start + _DAY * n) for n in range(1, (end - start).days + 1))

    def next_working_day(self, day: date) -> date:
        """The day itself if it is worked, else the first worked day after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day


def calendar_of(exceptions: Iterable[tuple[date, bool]], announced: Iterable[int]) -> WorkingCalendar:
    return WorkingCalendar(dict(exceptions), frozenset(announced))
