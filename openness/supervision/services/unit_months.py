"""A unit's catalogue by month: each item with the months of this year in which it is due, for the wall of the office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .unit_items import ItemState, Mark, mark_of

MONTHS = range(1, 13)


@dataclass(frozen=True)
class DueMark:
    """`words` for the ear: 2026年第三季度已公开，最晚10月20日."""

    mark: Mark
    due_on: date

    @property
    def words(self) -> str:
        day = _("{month}月{day}日").format(month=self.due_on.month, day=self.due_on.day)
        return _("{period}{state}，最晚{day}").format(period=self.mark.label, state=self.mark.words, day=day)


@dataclass(frozen=True)
class Year:
    """One item: twelve lists of marks, January first."""

    state: ItemState
    months: tuple[tuple[DueMark, ...], ...]

    @property
    def has_days(self) -> bool:
        """Whether anything is due on a day of this year: what must stand public all the time, or comes with an event alone, is not."""
        return any(self.months)


def year_of(state: ItemState, today: date) -> Year:
    due = [DueMark(mark_of(cell, today), cell.due_on) for cell in state.cells if cell.period and cell.due_on.year == today.year]
    return Year(state, tuple(tuple(one for one in due if one.due_on.month == month) for month in MONTHS))


def years_of(states: Iterable[ItemState], today: date) -> list[Year]:
    return [year_of(state, today) for state in states]
