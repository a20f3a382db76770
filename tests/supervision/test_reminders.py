"""Reminders around the due date: once a step, one mail a person a day, a gateway that may fail."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from openness.supervision.models import Channel, DailyRun, Delivery, Obligation, Reminder, ReminderStep, State, Term, TermName
from openness.supervision.services.daily import claim_day
from openness.supervision.services.deliver import MOST_ATTEMPTS, deliver, pause, signature
from openness.supervision.services.people import nearest
from openness.supervision.services.remind import remind, send_digests
from openness.supervision.services.terms import day_words, reminder_days, term
from openness.units.models import Role

from .blanks import blank, gateway

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 20)


def steps(cell) -> list[int]:
    return list(Reminder.objects.filter(cell=cell).order_by("days").values_list("days", flat=True))


@pytest.fixture
def clerk(member, village):
    return member("clerk", village, email="clerk@example.invalid")


def test_a_blank_is_reminded_of_on_each_of_its_days(village):
    cell = blank(village, DUE)
    day = date(2026, 10, 1)
    while day < date(2026, 12, 31):
        remind(day)
        day += timedelta(days=1)
    assert list(Reminder.objects.order_by("day").values_list("days", "day")) == [
        (days, DUE + timedelta(days=days)) for days in (-7, -1, 0, 1, 7, 30)
    ]
    assert steps(cell) == [-7, -1, 0, 1, 7, 30]


def test_running_twice_records_nothing_twice(village):
    blank(village, DUE)
    assert remind(DUE) == 1
    assert remind(DUE) == 0


def test_a_missed_day_is_caught_up_but_not_an_old_one(village):
    cell = blank(village, DUE)
    assert remind(DUE + timedelta(days=9)) == 1  # the job slept: the step of 7 days is made up
    assert steps(cell) == [7]
    other = blank(village, DUE - timedelta(days=200), period="2026-Q1")
    assert remind(DUE + timedelta(days=9)) == 0
    assert steps(other) == []


def test_what_is_filled_or_not_open_yet_is_not_reminded_of(village):
    blank(village, DUE, state=State.ON_TIME)
    blank(village, DUE, period="2026-Q4", opens_on=DUE)
    assert remind(DUE - timedelta(days=7)) == 0
    assert remind(DUE) == 1


def test_a_moved_due_date_is_reminded_of_anew(village):
    cell = blank(village, DUE)
    remind(DUE)
    Obligation.objects.filter(pk=cell.pk).update(due_on=DUE + timedelta(days=20))
    assert remind(DUE + timedelta(days=20)) == 1


def test_the_days_are_data_with_a_beginning_and_an_end(db):
    assert reminder_days(DUE) == [-7, -1, 0, 1, 7, 30]
    ReminderStep.objects.filter(days=30).update(until=DUE)
    ReminderStep.objects.create(days=-3, since=DUE + timedelta(days=1))
    assert reminder_days(DUE) == [-7, -1, 0, 1, 7, 30]
    assert reminder_days(DUE + timedelta(days=1)) == [-7, -3, -1, 0, 1, 7]


def test_a_term_counts_from_its_day(db):
    assert term(TermName.ORDER, DUE) == 10
    Term.objects.create(name=TermName.ORDER, number=15, since=DUE)
    assert (term(TermName.ORDER, DUE - timedelta(days=1)), term(TermName.ORDER, DUE)) == (10, 15)


def test_a_village_without_a_clerk_is_told_through_its_township(tree, member):
    township, own = member("clerk", tree["搜登站镇"]), member("clerk", tree["搜登站村"])
    member("clerk", tree["大绥河镇"], is_active=False)
    told = nearest([tree["搜登站村"].pk, tree["半拉山村"].pk, tree["大绥河村"].pk], Role.CLERK)
    assert told == {tree["搜登站村"].pk: [own], tree["半拉山村"].pk: [township], tree["大绥河村"].pk: []}


def test_one_mail_a_person_a_day_with_all_its_cells(clerk, village, settings):
    settings.SUPERVISION_MAIL = True
    for number in range(40):
        blank(village, DUE, name=f"事项{number}")
    remind(DUE - timedelta(days=7))
    assert send_digests(DUE - timedelta(days=7)) == 1
    assert send_digests(DUE - timedelta(days=7)) == 0
    assert deliver() == 1
    [letter] = mail.outbox
    assert letter.to == ["clerk@example.invalid"]
    assert letter.subject == "40 项公开工作要办"
    assert "搜登站镇搜登站村：“事项0”10月20日到期，还剩 7 天。" in letter.body
    assert "还有 10 项" in letter.body
    assert deliver() == 0


def test_without_a_mail_server_no_mail_is_queued(clerk, village):
    blank(village, DUE)
    remind(DUE)
    assert send_digests(DUE) == 0
    assert not Delivery.objects.exists()


def test_digests_cost_the_same_queries_with_more_units(tree, member, settings, django_assert_num_queries):
    settings.SUPERVISION_MAIL = True
    for name in ("搜登站村", "半拉山村", "大绥河村"):
        member("clerk", tree[name], email=f"{name}@example.invalid")
    for day, names in ((DUE, ("搜登站村",)), (DUE + timedelta(days=50), ("搜登站村", "半拉山村", "大绥河村"))):
        for name in names:
            blank(tree[name], day, period=str(day)[:7])
        remind(day)
        with django_assert_num_queries(30):
            send_digests(day)
    assert Delivery.objects.count() == 4


def test_the_gateway_gets_a_signed_message_a_unit(clerk, village, settings):
    blank(village, DUE)
    settings.SUPERVISION_WEBHOOK_SECRET = "s" * 32
    with gateway() as server:
        settings.SUPERVISION_WEBHOOK_URL = server.url
        remind(DUE)
        send_digests(DUE)
        assert deliver() == 1
        headers, body = server.came[0]
        [payload] = server.payloads()
    assert headers["X-Openness-Signature"] == "sha256=" + signature("s" * 32, headers["X-Openness-Timestamp"], body)
    assert payload["id"] == f"remind:{village.code}:{DUE}"
    assert payload["unit"]["name"] == "搜登站村"
    assert payload["accounts"] == [clerk.username]
    assert payload["text"] == "搜登站镇搜登站村：“村级工程项目”10月20日到期，就是今天。"


def waiting(url: str) -> Delivery:
    now = timezone.now()
    return Delivery.objects.create(channel=Channel.WEBHOOK, key=url, payload={"text": "x"}, made_at=now, next_try_at=now)


@pytest.mark.parametrize("status", [500, 302, 404])
def test_what_the_gateway_refuses_is_tried_again_later(db, settings, status):
    with gateway(status) as server:
        settings.SUPERVISION_WEBHOOK_URL = server.url
        one = waiting("a")
        assert deliver() == 0
        one.refresh_from_db()
        assert (one.attempts, one.sent_at, one.given_up) == (1, None, False)
        assert str(status) in one.fault
        assert deliver() == 0
        assert len(server.came) == 1, "not before its time"
        server.status = 200
        assert deliver(timezone.now() + timedelta(minutes=2)) == 1
    one.refresh_from_db()
    assert one.sent_at


def test_a_gateway_that_is_away_is_asked_three_times_in_one_go_and_given_up_at_last(db, settings):
    settings.SUPERVISION_WEBHOOK_URL = "http://127.0.0.1:9/in"
    rows = [waiting(str(n)) for n in range(5)]
    deliver()
    assert Delivery.objects.filter(attempts=1).count() == 3
    Delivery.objects.filter(pk=rows[4].pk).update(attempts=MOST_ATTEMPTS - 1)
    Delivery.objects.exclude(pk=rows[4].pk).delete()
    deliver()
    assert Delivery.objects.get().given_up
    assert not Delivery.objects.waiting().exists()


def test_pauses_grow_to_six_hours():
    assert [pause(n).total_seconds() / 60 for n in (1, 2, 3, 9, 10, 60)] == [1, 2, 4, 256, 360, 360]


def test_supervise_does_the_day_once(tree, clerk, village, capsys):
    cell = blank(village, timezone.localdate())
    call_command("supervise", once_a_day=True)
    assert "新增 0 格" not in capsys.readouterr().out
    assert steps(cell) == [0]
    call_command("supervise", once_a_day=True)
    assert capsys.readouterr().out == "送出 0 条。\n"
    call_command("supervise")
    assert "提醒 0 项" in capsys.readouterr().out


def test_a_day_that_did_not_end_is_taken_up_after_an_hour(db):
    assert claim_day()
    assert not claim_day()
    DailyRun.objects.update(begun_at=timezone.now() - timedelta(hours=2))
    assert claim_day()
    assert not claim_day()


def test_day_words():
    assert day_words(date(2025, 9, 30), DUE) == "2025年9月30日"
    assert day_words(date(2026, 9, 3), DUE) == "9月3日"


@pytest.mark.parametrize(
    ("changed", "number"),
    [({"SUPERVISION_WEBHOOK_URL": "ftp://x", "SUPERVISION_WEBHOOK_SECRET": "s"}, "E001"), ({"SUPERVISION_WEBHOOK_URL": "https://x"}, "E002"),
     ({"SUPERVISION_CHECK_LINKS": "yes"}, "E003")],
)  # fmt: skip
def test_unsafe_settings_stop_the_start(settings, changed, number):
    from openness.supervision.checks import gateway_is_signed

    for name, value in changed.items():
        setattr(settings, name, value)
    assert [error.id for error in gateway_is_signed(None)] == [f"supervision.{number}"]
