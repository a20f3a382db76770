from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from openness.disclosures.periods import PERIOD_PATTERN, parse_period, period_label, period_of, recent_periods

cadences = st.sampled_from(["month", "quarter", "half_year", "year"])
days = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@given(days, cadences)
def test_a_period_holds_its_day_and_is_read_back_from_its_code(day, cadence):
    period = period_of(day, cadence)
    assert period.first <= day <= period.last
    PERIOD_PATTERN(period.code)
    assert parse_period(period.code) == period
    assert period_label(period.code)


@given(days, cadences)
def test_periods_follow_each_other_without_a_gap(day, cadence):
    period = period_of(day, cadence)
    assert period.after().first == period.last + timedelta(days=1)
    assert period.after().before() == period


@pytest.mark.parametrize("code", ["2026-Q5", "2026-13", "2026-H3", "26-Q1", "2026Q1", "x", "2026-"])
def test_other_codes_are_refused(code):
    with pytest.raises(ValidationError):
        PERIOD_PATTERN(code)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("2026-Q3", "2026年第三季度"),
        ("2026-12", "2026年12月"),
        ("2026-H1", "2026年上半年"),
        ("2026-H2", "2026年下半年"),
        ("2026", "2026年"),
        ("", ""),
    ],
)
def test_what_people_call_them(code, words):
    assert period_label(code) == words


def test_the_form_offers_two_years():
    offered = recent_periods(date(2026, 11, 24))
    assert [period.code for period in offered["quarter"]][:2] == ["2026-Q4", "2026-Q3"]
    assert len(offered["month"]) == 24
