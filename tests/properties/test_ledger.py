"""The ledger after any history: one state a cell, sums that are those of the cells, and everything follows from the evidence."""

import contextlib
import itertools
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from catalog.limits import parse_limit
from openness.disclosures.models import Disclosure
from openness.disclosures.services.bulk import publish_many
from openness.disclosures.services.take_down import withdraw
from openness.supervision.models import NilDeclaration, Obligation, State, Tally
from openness.supervision.rules.judge import Done, Evidence, judge, public_since
from openness.supervision.services.completeness import mark_cells
from openness.supervision.services.declare import DeclarationRefused, declare_nil, extend, undo_nil, waive
from openness.supervision.services.generate import generate
from openness.supervision.services.settle import settle
from openness.supervision.services.verify import differences
from openness.units.models import Unit
from tests.conftest import make_item

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
WORDS = {"财务": "每季度的首个月20日", "审批": "信息形成之日起20个工作日内", "电话": "长期公开"}


class History(RuleBasedStateMachine):
    tree: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.units = list(Unit.objects.filter(code__startswith="220204", level__gte=4))
        self.items = []
        self.public: list[Disclosure] = []

    @initialize()
    def begin(self) -> None:
        for name, words in WORDS.items():
            item = make_item(name=name)
            item.limit = parse_limit(words)
            item.save()
            self.items.append(item)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule()
    def generate(self) -> None:
        before = Obligation.objects.count()
        assert generate().made == Obligation.objects.count() - before
        assert generate().made == 0

    @rule(data=st.data(), day=days, formed=days, quarter=st.integers(1, 4))
    def publish(self, data: st.DataObject, day: date, formed: date, quarter: int) -> None:
        today = timezone.localdate()
        item, unit = data.draw(st.sampled_from(self.items)), data.draw(st.sampled_from(self.units))
        period = (
            f"2026-Q{quarter}"
            if item.cadence == "quarter" and date(2026, 3 * quarter - 2, 1) <= today
            else "2026-Q1"
            if item.cadence
            else ""
        )
        draft = Disclosure(unit=unit, item=item, title="公开", period=period, formed_on=min(formed, today), body=[("text", "<p>内容</p>")])
        at = timezone.make_aware(datetime(day.year, day.month, day.day, 10))
        self.public += publish_many([draft], "甲 #1", "乙 #2", lambda _draft: at)

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        if self.public:
            chosen = data.draw(st.sampled_from(self.public))
            chosen.refresh_from_db()
            withdraw(chosen, None, "写错了")

    @rule(data=st.data(), what=st.sampled_from(["nil", "undo", "waive", "extend"]), ahead=st.integers(0, 60))
    def say(self, data: st.DataObject, what: str, ahead: int) -> None:
        cells = list(Obligation.objects.order_by("pk")[:40])
        if not cells:
            return
        cell, day = data.draw(st.sampled_from(cells)), timezone.localdate() + timedelta(days=ahead)
        with contextlib.suppress(DeclarationRefused):
            if what == "nil":
                declare_nil(cell, None, "没有发生")
            elif what == "waive":
                waive(cell.unit, cell.duty, cell.period, None, "核查", day)
            elif what == "extend":
                extend(cell, None, "水灾", day)
            elif declaration := NilDeclaration.objects.filter(undone_at=None).first():
                undo_nil(declaration, None)

    @rule(data=st.data(), complete=st.sampled_from([True, False, None]))
    def read_by_the_machine(self, data: st.DataObject, complete: bool | None) -> None:
        if self.public:
            chosen = data.draw(st.sampled_from(self.public))
            mark_cells({chosen.pk: complete}, [chosen.unit_id])
            assert mark_cells({chosen.pk: complete}, [chosen.unit_id]) == 0

    @rule()
    def settle_again(self) -> None:
        assert settle(Obligation.objects.all()) == 0

    @invariant()
    def every_cell_has_one_state_and_the_sums_are_those_of_the_cells(self) -> None:
        number = Obligation.objects.count()
        assert Obligation.objects.values("unit", "duty", "period").distinct().count() == number
        assert Obligation.objects.filter(state__in=State.values).count() == number
        top = Tally.objects.filter(unit__depth=1)
        sums = top.aggregate(total=Sum("total"), known=Sum(F("on_time") + F("late") + F("nil") + F("waived")))
        assert (sums["total"] or 0) == number
        assert (sums["known"] or 0) == Obligation.objects.exclude(state=State.OPEN).count()

    @invariant()
    def everything_follows_from_the_evidence(self) -> None:
        assert [str(one) for one in differences()] == []


@pytest.mark.django_db
def test_the_ledger_holds_after_any_history(tree):
    run_state_machine_as_test(
        History, settings=settings(max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))
    )


dones = st.lists(st.builds(Done, st.integers(1, 9), days, st.none() | days), max_size=5)


@given(due_on=days, done=dones, nil_on=st.none() | days, waived=st.booleans(), shuffled=st.randoms())
def test_the_order_in_which_evidence_came_does_not_matter(due_on, done, nil_on, waived, shuffled):
    other = list(done)
    shuffled.shuffle(other)
    assert judge(due_on, Evidence(tuple(done), nil_on, waived)) == judge(due_on, Evidence(tuple(other), nil_on, waived))


@given(due_on=days, done=dones, nil_on=st.none() | days, waived=st.booleans())
def test_what_is_disclosed_counts_before_what_is_declared(due_on, done, nil_on, waived):
    verdict = judge(due_on, Evidence(tuple(done), nil_on, waived))
    expected = {True: (State.ON_TIME, State.LATE)}.get(bool(done)) or (
        (State.NIL,) if nil_on else (State.WAIVED,) if waived else (State.OPEN,)
    )
    assert verdict.state in expected
    if done:
        assert verdict.done_on == min(one.day for one in done)


def test_a_withdrawal_starts_the_clock_anew_an_ended_notice_does_not():
    first, second, third = (date(2026, 1, n) for n in (1, 2, 3))
    for verbs, since in {
        ("publish", "correct", "correct"): first,
        ("publish", "withdraw", "publish"): third,
        ("publish", "withdraw"): None,
        ("publish", "expire"): first,
        (): None,
    }.items():
        assert public_since(list(zip(verbs, itertools.chain([first, second, third]), strict=False))) == since
