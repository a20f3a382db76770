"""Which cells an item's time limit asks for, and when each is due.

A period's cell opens when the period is over. What an event triggers has a heartbeat of one quarter: a disclosure or a nil
declaration, due 20 working days after the quarter; each disclosure is judged on its own limit besides. What must stand public all
the time is one cell without a period.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from catalog.limits import PERIOD_MONTHS, Limit
from catalog.workdays import WorkingCalendar
from openness.disclosures.periods import Period, parse_period, period_of

HEARTBEAT = "quarter"
DEFAULT_WORKING_DAYS = 20  # 政府信息公开条例 art. 26
STANDING = ""


@dataclass(frozen=True)
class Planned:
    """A cell to be made: the period's code (empty for what stands), the day it opens and the last day."""

    period: str
    opens_on: date
    due_on: date


def cadence_of(limit: Limit) -> str:
    """month, quarter, half_year or year; empty for what stands public all the time."""
    if limit.cadence is not None and limit.cadence in PERIOD_MONTHS:
        return limit.cadence
    return HEARTBEAT if limit.trigger in ("event", "before_event") else STANDING


def planned(limit: Limit, since: date, today: date, calendar: WorkingCalendar) -> Iterator[Planned]:
    """Every cell from the period that `since` lies in up to the period after today's."""
    cadence = cadence_of(limit)
    if not cadence:
        yield Planned(STANDING, since, calendar.add_working_days(since, DEFAULT_WORKING_DAYS))
        return
    period, last = period_of(since, cadence), period_of(today, cadence).after()
    while period <= last:
        yield _cell(limit, period, calendar)
        period = period.after()


def due_date(limit: Limit, period: Period, calendar: WorkingCalendar) -> date:
    """The last day for a period: the fixed day of the next period's month if the limit names one, else its number of days.

    每季度的首个月20日 is the 20th of the first month of the quarter that follows; a bare 每季度 gives the 20 working days of
    条例 art. 26.
    """
    if limit.day_of_month:
        month = period.after().first.month + (limit.month_of_period or 1) - 1
        first = date(period.after().first.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        return first.replace(day=min(limit.day_of_month, monthrange(first.year, first.month)[1]))
    number = limit.number if limit.number is not None else 20
    if limit.number is not None and limit.unit == "calendar":
        return period.last + timedelta(days=number)
    return calendar.add_working_days(period.last, number)


def _cell(limit: Limit, period: Period, calendar: WorkingCalendar) -> Planned:
    if limit.cadence in PERIOD_MONTHS:
        return Planned(period.code, period.last + timedelta(days=1), due_date(limit, period, calendar))
    return Planned(period.code, period.first, calendar.add_working_days(period.last, DEFAULT_WORKING_DAYS))


def period_answered(limit: Limit, period: str, formed_on: date) -> str:
    """The period of the cell that a disclosure answers."""
    cadence = cadence_of(limit)
    if not cadence:
        return STANDING
    given = parse_period(period)
    if given is not None and given.cadence == cadence:
        return given.code
    return period_of(formed_on, cadence).code


def has_own_clock(limit: Limit) -> bool:
    """Whether each disclosure is judged by itself, from the event it tells of."""
    return limit.cadence not in PERIOD_MONTHS and limit.trigger == "event"


def own_due_date(limit: Limit, formed_on: date, calendar: WorkingCalendar) -> date | None:
    """The last day for one disclosure of what an event triggers, counted from the day after; None where no event starts a clock."""
    if not has_own_clock(limit):
        return None
    number = DEFAULT_WORKING_DAYS if limit.number is None else limit.number
    if limit.number is not None and limit.unit == "calendar":
        return formed_on + timedelta(days=number)
    return calendar.add_working_days(formed_on, number)
