"""Clocks of submissions, in working days: the day itself is not counted; a clock may stop, start anew, and be extended once.

政府信息公开条例 art. 30 (a correction starts the term anew), 32 and 33 (the time of asking others does not count).
"""

from calendar import monthrange
from datetime import date, timedelta

from catalog.workdays import WorkingCalendar


def due(begun: date, days: int, calendar: WorkingCalendar) -> date:
    return calendar.add_working_days(begun, days)


def left(today: date, due_on: date, calendar: WorkingCalendar) -> int:
    """Working days that remain after today; below 0 once it is late."""
    return calendar.working_days_between(today, due_on)


def resumed(today: date, days_left: int, calendar: WorkingCalendar) -> date:
    """The last day, where so many working days were left as the clock stopped. What was late stays late by as much."""
    if days_left >= 0:
        return calendar.add_working_days(today, days_left)
    return calendar.add_working_days(today + timedelta(days=1), days_left - 1)  # today itself counts as late, if it is worked


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
