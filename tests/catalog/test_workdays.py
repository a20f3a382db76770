from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import CalendarDay, CalendarYear
from catalog.services.calendar import load_published_years, working_calendar
from catalog.workdays import WorkingCalendar

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
days = st.dates(date(2020, 1, 1), date(2026, 6, 30))


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker) -> WorkingCalendar:
    """As every installation has it after `migrate`."""
    with django_db_blocker.unblock():
        return working_calendar()


def test_every_published_day_is_as_published(published):
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        assert published.is_working_day(day) == chinese_calendar.is_workday(day), day


def test_make_up_days_are_worked_and_holidays_are_not(published):
    assert published.is_working_day(date(2026, 10, 10))  # Saturday, made up for the National Day
    assert not published.is_working_day(date(2026, 10, 7))  # Wednesday of the holiday
    assert published.is_working_day(date(2026, 10, 8))


def test_twenty_working_days_over_the_national_day_of_2026(published):
    """Counted by hand: 28 to 30 September 3, 8 to 10 October 3 (the 10th made up), 12 to 16 5, 19 to 23 5, 26 to 29 4."""
    assert published.add_working_days(date(2026, 9, 27), 20) == date(2026, 10, 29)


@given(days, st.integers(0, 60))
def test_the_last_day_is_worked_and_exactly_that_many_have_passed(published, start, number):
    end = published.add_working_days(start, number)
    assert published.working_days_between(start, end) == number
    assert number == 0 or published.is_working_day(end)


@given(days, st.integers(1, 60))
def test_going_back_undoes_going_forth_between_working_days(published, start, number):
    start = published.next_working_day(start)
    assert published.add_working_days(published.add_working_days(start, number), -number) == start


@given(days, st.integers(0, 30), st.integers(0, 30))
def test_steps_add_up(published, start, first, second):
    assert published.add_working_days(published.add_working_days(start, first), second) == published.add_working_days(start, first + second)


def test_a_year_not_announced_counts_monday_to_friday_and_says_so(published):
    assert published.add_working_days(date(2027, 9, 30), 5) == date(2027, 10, 7)
    assert not published.is_announced(date(2026, 12, 20), date(2027, 1, 5))
    assert published.is_announced(date(2025, 12, 20), date(2026, 1, 5))


def test_loading_twice_changes_nothing(db):
    before = CalendarDay.objects.count()
    assert load_published_years() == []
    assert CalendarDay.objects.count() == before > 500
    CalendarYear.objects.filter(year=2026).delete()
    assert load_published_years() == [2026]
    assert CalendarDay.objects.count() == before
