"""The working calendar as the database knows it, and its loading from the published arrangements."""

from datetime import date, timedelta

import chinese_calendar
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import CalendarDay, CalendarYear
from ..workdays import WorkingCalendar, calendar_of

_SATURDAY = 5
SOURCE = "国务院办公厅节假日安排通知（经 chinese-calendar 整理）"


def working_calendar() -> WorkingCalendar:
    """Two small queries; keep the answer for the length of a job."""
    days = CalendarDay.objects.values_list("day", "is_working")
    return calendar_of(days, CalendarYear.objects.values_list("year", flat=True))


@transaction.atomic
def load_published_years() -> list[int]:
    """Load every year that the library knows and the table lacks. Returns the years added; idempotent."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    fresh = [year for year in _years_of_library() if year not in known]
    CalendarYear.objects.bulk_create(CalendarYear(year=year, source=SOURCE) for year in fresh)
    CalendarDay.objects.bulk_create((day for year in fresh for day in _exceptions(year)), batch_size=1000)
    return fresh


def _years_of_library() -> list[int]:
    days = (*chinese_calendar.constants.holidays, *chinese_calendar.constants.workdays)
    return sorted({day.year for day in days})


def _exceptions(year: int) -> list[CalendarDay]:
    """The days of a year that differ from Monday to Friday."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return [_exception(day) for day in days if chinese_calendar.is_workday(day) != (day.weekday() < _SATURDAY)]


def _exception(day: date) -> CalendarDay:
    working = chinese_calendar.is_workday(day)
    return CalendarDay(day=day, year_id=day.year, is_working=working, name=_("调休上班") if working else _("放假"))
