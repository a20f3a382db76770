"""催办: once in 24 hours a cell, the system's own words, answers and judgements, the level above."""

import threading
from contextlib import nullcontext
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection, connections
from django.db.models import Q
from django.utils import timezone

from openness.supervision.models import (
    AnswerKind,
    Delivery,
    Escalation,
    Extension,
    Judgement,
    NilDeclaration,
    Obligation,
    State,
    Term,
    TermName,
    UrgeClock,
    Urging,
)
from openness.supervision.services.daily import run_day
from openness.supervision.services.declare import DeclarationRefused, extend
from openness.supervision.services.deliver import deliver
from openness.supervision.services.escalate import escalate
from openness.supervision.services.generate import generate
from openness.supervision.services.rectify import progress, urged_cells
from openness.supervision.services.remind import send_digests
from openness.supervision.services.urge import UrgingRefused, answer, judge, urge

from .blanks import blank, gateway
from .test_ledger import limited, publish

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


@pytest.fixture
def supervisor(member, tree):
    return member("supervisor", tree["船营区"])


@pytest.fixture
def late(village):
    return blank(village, TODAY - timedelta(days=12))


def urged(cell, user, now=None) -> Urging:
    return urge([cell.pk], user, now).made[0]


def test_the_words_are_the_system_s(village, supervisor):
    cell = blank(village, date(2026, 9, 30))
    made = urged(cell, supervisor, at(date(2026, 10, 12)))
    assert made.text == "搜登站镇搜登站村：“村级工程项目”9月30日到期，已逾期 12 天。请在 10月15日前公开，或说明原因。"
    assert (made.number, made.reply_by) == (1, date(2026, 10, 15))


def test_a_township_is_named_once(tree, supervisor):
    cell = blank(tree["搜登站镇"], date(2026, 9, 30))
    assert urged(cell, supervisor, at(date(2026, 10, 12))).text.startswith("搜登站镇：“")


def test_once_in_24_hours_to_the_second(late, supervisor):
    start = timezone.now()
    assert urge([late.pk], supervisor, start).made
    early = urge([late.pk], supervisor, start + timedelta(hours=23, minutes=59, seconds=59))
    assert [sentence for _cell, sentence in early.refused] == ["一项 24 小时内只能催一次。"]
    assert not early.made
    assert urged(late, supervisor, start + timedelta(hours=24)).number == 2
    assert UrgeClock.objects.get().times == 2


def test_who_filled_a_blank_or_got_a_later_day_is_no_longer_among_the_urged(tree, village, supervisor, draft):
    finance = limited("财务收支", "每季度的首个月20日")
    generate(since=date(TODAY.year - 1, 1, 1))
    filled, moved, left = Obligation.objects.filter(duty__key=finance.key, unit=village).order_by("due_on")[:3]
    assert len(urge([filled.pk, moved.pk, left.pk], supervisor).made) == 3
    assert list(urged_cells(Q())) == [filled, moved, left]
    publish(draft, TODAY, unit=village, item=finance, period=filled.period, formed_on=TODAY)
    extend(moved, supervisor, "等验收", TODAY + timedelta(days=9))
    assert list(urged_cells(Q())) == [left]
    assert progress(Q()).urged == 1
    assert urge([filled.pk], supervisor).refused[0][1] == "还没有逾期，不用催。"


def test_a_clock_left_by_a_blank_filled_in_the_same_moment_goes_with_the_daily_job(late, supervisor):
    assert urge([late.pk], supervisor).made
    run_day(TODAY)
    assert UrgeClock.objects.filter(cell=late).exists()
    Obligation.objects.filter(pk=late.pk).update(state=State.LATE)
    run_day(TODAY)
    assert not UrgeClock.objects.exists()


def test_one_that_cannot_be_urged_does_not_stop_the_others(late, village, supervisor):
    early, done = blank(village, TODAY, period="2026-Q2"), blank(village, TODAY - timedelta(days=1), period="2026-Q1", state=State.LATE)
    result = urge([late.pk, late.pk, early.pk, done.pk, 10**9], supervisor)
    assert [row.cell_id for row in result.made] == [late.pk]
    assert {cell.pk: sentence for cell, sentence in result.refused} == dict.fromkeys((early.pk, done.pk), "还没有逾期，不用催。")
    assert not UrgeClock.objects.exclude(cell=late).exists()


def test_many_cost_the_same_queries_as_one(tree, supervisor, django_assert_num_queries):
    cells = [blank(tree["搜登站村"], TODAY - timedelta(days=3), name=f"事项{n}").pk for n in range(20)]
    for some in (cells[:1], cells[1:]):
        with django_assert_num_queries(11):
            urge(some, supervisor)


@pytest.mark.django_db(transaction=True)
def test_two_supervisors_at_the_same_moment_urge_once(late, village, supervisor):
    """On PostgreSQL transactions run side by side; on SQLite (whose test database is one piece of memory) they queue at this lock."""
    queue = threading.Lock() if connection.vendor == "sqlite" else nullcontext()
    cells = [late.pk, *(blank(village, TODAY - timedelta(days=5), period=f"2026-0{n}").pk for n in range(1, 9))]
    ready, results = threading.Barrier(4), []

    def ask(order) -> None:
        ready.wait(10)
        try:
            with queue:
                results.append(urge(order, supervisor))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=[cells[::step]]) for step in (1, -1, 1, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(row.cell_id for result in results for row in result.made) == sorted(cells)
    assert [sentence for result in results for _cell, sentence in result.refused] == ["一项 24 小时内只能催一次。"] * 27
    assert Urging.objects.count() == 9


def test_the_clerk_hears_by_mail_and_through_the_gateway(late, village, supervisor, member, settings):
    member("clerk", village, email="clerk@example.invalid")
    settings.SUPERVISION_MAIL, settings.SUPERVISION_WEBHOOK_SECRET = True, "s"
    with gateway() as server:
        settings.SUPERVISION_WEBHOOK_URL = server.url
        made = urged(late, supervisor)
        send_digests(TODAY)
        assert deliver() == 2
        [payload] = server.payloads()
    assert (payload["event"], payload["text"]) == ("urging", made.text)
    assert made.text in mail.outbox[0].body
    send_digests(TODAY + timedelta(days=1))
    assert Delivery.objects.count() == 2, "an urging is mailed once"


def test_done_is_believed_only_when_the_ledger_says_so(late, supervisor, member, village):
    made, clerk = urged(late, supervisor), member("clerk", village)
    with pytest.raises(UrgingRefused, match="公开以后再答"):
        answer(made, clerk, AnswerKind.DONE)
    Obligation.objects.filter(pk=late.pk).update(state=State.LATE, done_on=TODAY)
    judged = judge(answer(made, clerk, AnswerKind.DONE), supervisor, passed=True)
    assert judged.judgement == Judgement.PASSED
    with pytest.raises(UrgingRefused, match="已经办结"):
        answer(made, clerk, AnswerKind.DONE)


def test_a_later_day_counts_after_the_supervisor_has_agreed(late, supervisor, member, village):
    made, later = urged(late, supervisor), TODAY + timedelta(days=5)
    given = answer(made, member("clerk", village), AnswerKind.LATER, "台账被水淹", later)
    assert not Extension.objects.exists()
    with pytest.raises(UrgingRefused, match="等监督人看"):
        answer(made, None, AnswerKind.LATER, "再延", later)
    judge(given, supervisor, passed=True)
    assert Obligation.objects.get(pk=late.pk).due_on == later
    with pytest.raises(UrgingRefused, match="已经看过"):
        judge(given, supervisor, passed=True)


@pytest.mark.parametrize(("reason", "days"), [("", 5), ("水淹", None), ("水淹", 0), ("水淹", -3)])
def test_a_later_day_needs_a_reason_and_a_day_to_come(late, supervisor, reason, days):
    until = None if days is None else TODAY + timedelta(days=days)
    with pytest.raises(UrgingRefused, match="延"):
        answer(urged(late, supervisor), None, AnswerKind.LATER, reason, until)


def test_nil_is_declared_in_the_clerk_s_name(late, supervisor, member, village):
    clerk = member("clerk", village)
    given = answer(urged(late, supervisor), clerk, AnswerKind.NIL, "没有发生")
    judge(given, supervisor, passed=True)
    assert Obligation.objects.get(pk=late.pk).state == State.NIL
    assert NilDeclaration.objects.get().declared_by == f"{clerk.username} #{clerk.pk}"


def test_nil_of_what_must_stand_all_the_time_is_refused(village, supervisor):
    standing = blank(village, TODAY - timedelta(days=1), period="")
    with pytest.raises(DeclarationRefused, match="长期公开"):
        answer(urged(standing, supervisor), None, AnswerKind.NIL, "没有")


def test_what_is_sent_back_needs_a_word_and_can_be_answered_again(late, supervisor, member, village):
    made, clerk = urged(late, supervisor), member("clerk", village)
    given = answer(made, clerk, AnswerKind.NIL, "没有发生")
    with pytest.raises(UrgingRefused, match="为什么"):
        judge(given, supervisor, passed=False)
    judge(given, supervisor, passed=False, note="上个月有工程")
    assert Obligation.objects.get(pk=late.pk).state == State.OPEN
    answer(made, clerk, AnswerKind.LATER, "正在核对", TODAY + timedelta(days=3))
    assert list(made.answers.values_list("judgement", flat=True)) == ["returned", ""]


def urge_twice(cell, user, last: date) -> None:
    for day in (last - timedelta(days=2), last):
        urge([cell.pk], user, at(day))


def test_twice_urged_without_result_the_level_above_is_told(tree, village, supervisor, settings):
    cell = blank(village, date(2026, 9, 30))
    urge_twice(cell, supervisor, date(2026, 10, 12))  # a Monday
    assert escalate(date(2026, 10, 14)) == 0
    assert escalate(date(2026, 10, 15)) == 1
    made = Escalation.objects.get()
    assert (made.told, made.text) == (tree["搜登站镇"], "搜登站镇搜登站村：“村级工程项目”9月30日到期，催办 2 次没有结果，请督促。")
    assert escalate(date(2026, 10, 15)) == 0
    assert escalate(date(2026, 10, 19)) == 0
    assert escalate(date(2026, 10, 20)) == 1
    assert Escalation.objects.latest("pk").told == tree["船营区"]


def test_whom_it_goes_to_and_when_are_data(tree, village, supervisor, member, settings):
    Term.objects.create(name=TermName.URGES, number=1, since=date(2026, 10, 1))
    Term.objects.create(name=TermName.ESCALATE, number=1, since=date(2026, 10, 1))
    member("supervisor", tree["搜登站镇"], email="town@example.invalid")
    settings.SUPERVISION_MAIL = True
    urge([blank(village, date(2026, 9, 30)).pk], supervisor, at(date(2026, 10, 12)))
    assert escalate(date(2026, 10, 13)) == 1
    send_digests(date(2026, 10, 13))
    assert [row.recipient for row in Delivery.objects.all()] == ["town@example.invalid"]


def test_an_answer_that_waits_or_a_filled_cell_is_not_told_above(village, supervisor, member):
    answered, filled = blank(village, date(2026, 9, 30)), blank(village, date(2026, 9, 30), period="2026-Q2")
    for cell in (answered, filled):
        urge_twice(cell, supervisor, date(2026, 10, 12))
    answer(Urging.objects.filter(cell=answered).last(), member("clerk", village), AnswerKind.NIL, "没有发生")
    Obligation.objects.filter(pk=filled.pk).update(state=State.LATE)
    assert escalate(date(2026, 11, 12)) == 0


def test_nobody_is_left_above_the_province(tree, supervisor):
    cell = blank(tree["船营区"], date(2026, 9, 1))
    urge_twice(cell, supervisor, date(2026, 9, 7))
    assert [escalate(date(2026, 10, 12) + timedelta(days=7 * n)) for n in range(4)] == [1, 1, 0, 0]
