"""Properties of submissions: clocks with stops, extensions and holidays; the table of steps is never left; numbers under concurrency."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from catalog.workdays import WorkingCalendar
from openness.participation.models import Kind, State, Step, Submission
from openness.participation.rules import clock
from openness.participation.rules.kinds import EXTENSION_DAYS
from openness.participation.rules.results import RESULTS
from openness.participation.rules.steps import STEPS, possible
from openness.participation.services.handle import Act, needs_second, steps_for, take
from openness.participation.services.numbers import next_number
from openness.units.refusal import Refused

DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """Any days off and any made-up days; but somebody works every Wednesday, so that every term ends."""
    days = draw(st.dictionaries(DAYS.filter(lambda day: day.weekday() != 2), st.booleans(), max_size=60))
    return WorkingCalendar(days)


def counted_by_hand(begun: date, days: int, stops: list[tuple[date, date]], calendar: WorkingCalendar) -> date:
    """Walk day by day; a day counts when it is worked and the clock does not stand still on it."""
    day, left = begun, days
    while left:
        day += DAY
        left -= calendar.is_working_day(day) and not any(stop < day <= go for stop, go in stops)
    return day


@settings(deadline=None)
@given(calendars(), DAYS, st.lists(st.tuples(st.integers(0, 12), st.integers(0, 40)), max_size=3), st.booleans())
def test_a_clock_with_stops_and_an_extension_ends_where_counting_ends(calendar, begun, waits, extended):
    due, today, stops, days = clock.due(begun, 20, calendar), begun, [], 20
    if extended:
        due, days = calendar.add_working_days(due, EXTENSION_DAYS), days + EXTENSION_DAYS
    for runs, stands in waits:
        stop = min(today + runs * DAY, due)
        go = stop + stands * DAY
        due = clock.resumed(go, clock.left(stop, due, calendar), calendar)
        stops.append((stop, go))
        today = go
    if any(calendar.working_days_between(stop, go) >= 0 for stop, go in stops) or not stops:
        assert calendar.working_days_between(begun, due) - sum(calendar.working_days_between(*one) for one in stops) == days
    if not stops or stops[-1][1] < due:
        assert due == counted_by_hand(begun, days, stops, calendar)


@settings(deadline=None)
@given(calendars(), DAYS, st.integers(1, 60))
@example(WorkingCalendar(), date(2024, 2, 1), 16)  # the clock stops and goes on a Saturday
def test_what_is_late_stays_late_by_as_much(calendar, due, late):
    today = due + late * DAY
    again = clock.resumed(today, clock.left(today, due, calendar), calendar)
    assert again <= today
    assert clock.left(today, again, calendar) == clock.left(today, due, calendar)


@given(DAYS, st.integers(1, 36))
def test_months_before_is_the_same_day_or_the_last_of_the_month(day, months):
    before = clock.months_before(day, months)
    assert (day.year * 12 + day.month) - (before.year * 12 + before.month) == months
    assert before.day == day.day or (before + DAY).day == 1


@given(st.sampled_from(Kind), st.sampled_from(State), st.booleans())
def test_every_open_state_has_a_way_on_and_an_answered_one_only_what_follows(kind, state, second):
    steps = possible(kind, state, second=second)
    assert all(kind in STEPS[step].kinds and state in STEPS[step].before for step in steps)
    reachable = {rule.after for rule in STEPS.values() if kind in rule.kinds}
    if state in reachable and state != State.ANSWERED:
        assert any(STEPS[step].after not in (None, state) for step in steps)
    if state == State.ANSWERED:
        assert all(STEPS[step].after is None for step in steps)


STEP_LISTS = st.lists(st.tuples(st.sampled_from(Step), st.booleans()), max_size=12)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from([Kind.MESSAGE, Kind.REQUEST]), steps=STEP_LISTS)
def test_whatever_people_press_the_table_is_never_left(kind, steps, tree, member):
    from openness.participation.services.receive import Sent, receive

    with transaction.atomic():
        town = tree["搜登站镇"]
        actors = [member("reviewer", town), member("clerk", town), member("supervisor", town)]
        row = receive(
            Sent(kind, town if kind == Kind.REQUEST else tree["搜登站村"], "路灯坏了", "李大娘", "13900000001", wants_public=True)
        )
        for step, worded in steps:
            before = Submission.objects.select_related("unit").get(pk=row.pk)
            actor = next((user for user in actors if step in steps_for(user, before)), actors[0])
            allowed = step in steps_for(actor, before)
            act = Act(note="说明" if worded else "", public_text="路灯坏了", unit=tree["大绥河镇"], result=RESULTS[0].key)
            try:
                take(before, step, actor, act)
            except (Refused, PermissionDenied):
                now = Submission.objects.get(pk=row.pk)
                assert (now.state, now.due_on, now.reply, now.unit_id) == (before.state, before.due_on, before.reply, before.unit_id)
                continue
            now = Submission.objects.get(pk=row.pk)
            assert allowed
            assert step in possible(kind, before.state, second=needs_second(before))
            assert now.state == (STEPS[step].after or before.state)
            assert (now.due_on is None) == (now.state in (State.CORRECTING, State.CONSULTING)) or now.state == State.ANSWERED
            assert (now.answered_at is not None) == (now.state == State.ANSWERED)
        assert list(row.events.values_list("state", flat=True))[-1] == Submission.objects.get(pk=row.pk).state
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_the_same_time_are_all_different_and_without_a_gap():
    """At the same time on PostgreSQL; an SQLite database in memory has one writer, who asks forty times."""
    day = date(2026, 10, 12)

    def one(_n: int) -> str:
        with transaction.atomic():
            return next_number(day)

    def one_of_many(n: int) -> str:
        try:
            return one(n)
        finally:
            connection.close()

    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(8) as pool:
            given_out = sorted(pool.map(one_of_many, range(40)))
    else:
        given_out = [one(n) for n in range(40)]
    assert given_out == [f"2026-1012-{n:03d}" for n in range(1, 41)]
