"""整改: one table says who may take which step in which state; the history stays; deadlines in working days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.services.calendar import working_calendar
from openness.supervision.models import OrderState, Rectification, RectificationEvent, Step, Term, TermName
from openness.supervision.rules.steps import STEPS, possible
from openness.supervision.services.declare import extend
from openness.supervision.services.rectify import Demand, StepRefused, issue, progress, steps_for, take
from openness.supervision.services.urge import urge

from .blanks import blank

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def people(member, tree):
    county, town, village = tree["船营区"], tree["搜登站镇"], tree["搜登站村"]
    return {
        "supervisor": member("supervisor", county),
        "clerk": member("clerk", village),
        "reviewer": member("reviewer", town),
        "administrator": member("administrator", county),
        "outsider": member("supervisor", tree["大绥河镇"]),
        "stranger": member(),
    }


@pytest.fixture
def order(people, village):
    return issue(people["supervisor"], Demand(village, "台账三个月没有更新", "补公开第三季度收支"))


def working_days(number: int) -> date:
    return working_calendar().add_working_days(TODAY, number)


def test_an_order_goes_its_way_to_the_end(order, people):
    assert (order.state, order.due_on) == (OrderState.ISSUED, working_days(10))
    answered = take(order, Step.ANSWER, people["clerk"], "已经补公开")
    assert (answered.state, answered.recheck_by) == (OrderState.ANSWERED, working_days(5))
    back = take(order, Step.SEND_BACK, people["supervisor"], "还缺支出明细")
    assert (back.state, back.recheck_by, back.due_on) == (OrderState.RETURNED, None, working_days(10))
    take(order, Step.ANSWER, people["reviewer"], "明细补上了")
    closed = take(order, Step.CLOSE, people["supervisor"])
    assert closed.closed_at
    assert list(order.events.values_list("step", "state")) == [
        ("issue", "issued"), ("answer", "answered"), ("send_back", "returned"), ("answer", "answered"), ("close", "closed")
    ]  # fmt: skip
    assert order.events.first().by == f"{people['supervisor'].username} #{people['supervisor'].pk}"


WHO = {
    Step.ANSWER: {"clerk", "reviewer"},
    Step.CLOSE: {"supervisor"},
    Step.SEND_BACK: {"supervisor"},
    Step.CANCEL: {"supervisor"},
}


@pytest.mark.parametrize("step", WHO)
def test_who_may_do_what(order, people, step):
    Rectification.objects.filter(pk=order.pk).update(state=next(iter(sorted(STEPS[step].before))))
    for name, user in people.items():
        allowed = name in WHO[step]
        assert (step in steps_for(user, Rectification.objects.get(pk=order.pk))) is allowed, name
        if not allowed:
            with pytest.raises(PermissionDenied):
                take(order, step, user, "说明")
    assert order.events.count() == 1


@pytest.mark.parametrize("name", ["clerk", "reviewer", "administrator", "outsider", "stranger"])
def test_only_the_unit_s_supervisor_issues(people, village, name):
    with pytest.raises(PermissionDenied):
        issue(people[name], Demand(village, "标题", "要求"))
    assert not Rectification.objects.exists()


def test_words_and_a_day_to_come_are_needed(people, village, order):
    for demand in (Demand(village, " ", "要求"), Demand(village, "标题", ""), Demand(village, "标题", "要求", TODAY - timedelta(days=1))):
        with pytest.raises(StepRefused):
            issue(people["supervisor"], demand)
    with pytest.raises(StepRefused, match="说明"):
        take(order, Step.ANSWER, people["clerk"], " ")


def test_whoever_is_second_gets_a_sentence(order, people):
    take(order, Step.CANCEL, people["supervisor"], "下错了")
    with pytest.raises(StepRefused, match="现在是“已撤销”，不能答复"):
        take(order, Step.ANSWER, people["clerk"], "改好了")


def test_the_history_cannot_be_changed(order):
    event = order.events.get()
    for change in (lambda: RectificationEvent.objects.update(note="改"), event.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert order.events.get().note == "补公开第三季度收支"


def test_deadlines_are_data(people, village):
    Term.objects.create(name=TermName.ORDER, number=3, since=TODAY)
    assert issue(people["supervisor"], Demand(village, "标题", "要求")).due_on == working_days(3)


def test_overdue_means_not_done_or_not_looked_at(order, people):
    assert not order.is_overdue(order.due_on)
    assert order.is_overdue(order.due_on + timedelta(days=1))
    answered = take(order, Step.ANSWER, people["clerk"], "改好了")
    late = answered.recheck_by + timedelta(days=1)
    assert answered.is_overdue(late)
    assert [list(Rectification.objects.overdue(day)) for day in (answered.recheck_by, late)] == [[], [order]]
    assert not take(order, Step.CLOSE, people["supervisor"]).is_overdue(late)


def test_the_four_numbers(people, village, tree, order):
    cells = [blank(village, TODAY - timedelta(days=9), period=f"2026-Q{n}") for n in (1, 2, 3)]
    urge([cell.pk for cell in cells], people["supervisor"])
    issue(people["supervisor"], Demand(village, "催了没有用", "公开", cell=cells[0]))
    extend(cells[1], people["administrator"], "等验收", TODAY + timedelta(days=9))
    for _number in range(2):
        take(issue(people["supervisor"], Demand(village, "标题", "要求")), Step.ANSWER, people["clerk"], "改好了")
    take(Rectification.objects.latest("pk"), Step.CLOSE, people["supervisor"])
    found = progress(Q(unit__path__startswith=tree["搜登站镇"].path))
    assert (found.urged, found.working, found.answered, found.closed, found.overdue) == (1, 2, 1, 1, 0)
    assert progress(Q(unit=tree["大绥河镇"])) == type(found)(0, 0, 0, 0, 0)


steps = st.lists(
    st.tuples(st.sampled_from([step for step in Step if step != Step.ISSUE]), st.sampled_from(["supervisor", "clerk", "stranger"]))
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=steps)
def test_whatever_is_tried_the_history_tells_the_state(people, village, steps):
    """The state is always that of the last event, every event was allowed by the table, and what was refused left nothing."""
    with transaction.atomic():
        order = issue(people["supervisor"], Demand(village, "标题", "要求"))
        for step, who in steps:
            before = Rectification.objects.get(pk=order.pk)
            allowed = step in steps_for(people[who], before)
            try:
                take(order, step, people[who], "说明")
            except (StepRefused, PermissionDenied):
                assert not allowed
            else:
                assert allowed
        events = list(order.events.all())
        assert Rectification.objects.get(pk=order.pk).state == events[-1].state
        for before, after in pairwise(events):
            assert before.state in STEPS[Step(after.step)].before
            assert after.state == STEPS[Step(after.step)].after
        transaction.set_rollback(True)


@given(state=st.sampled_from(OrderState))
def test_every_state_but_the_ends_leads_somewhere(state):
    ends = {OrderState.CLOSED, OrderState.CANCELLED}
    assert bool(possible(state)) is (state not in ends)
