"""Who lets a text wait is reminded, then an administrator is told; once a day, once a wait; never by Wagtail's own mails."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import TaskState

from openness.supervision.models import Delivery, ReviewEscalation, Term, TermName
from openness.supervision.services.daily import run_day
from openness.supervision.services.deliver import deliver
from openness.supervision.services.remind import send_digests
from openness.supervision.services.reviews import escalate_reviews, usual_days

from .conftest import act, stand_in

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def mails(settings):
    settings.SUPERVISION_MAIL = True


@pytest.fixture
def waits(rules, item, sent, signer, reviewer, admin):
    """Since Monday: one before the committee, one before the township."""
    for user in (signer, reviewer, admin):
        user.email = f"{user.username}@example.invalid"
        user.save()
    texts = sent(title="三季度账"), sent(title="批地", item=item)
    monday = timezone.make_aware(timezone.datetime(2026, 11, 16, 9))
    TaskState.objects.filter(status="in_progress").update(started_at=monday)
    return texts


def letters() -> dict[str, str]:
    return {row.recipient: row.payload["text"] for row in Delivery.objects.filter(key__startswith="mail:")}


def test_the_third_working_day_they_are_in_the_digest(waits, signer, reviewer):
    assert send_digests(MONDAY + timedelta(days=2)) == 0
    assert send_digests(MONDAY + timedelta(days=3)) == 2
    found = letters()
    assert "搜登站镇搜登站村：“三季度账”等您签字，已经 3 个工作日。" in found[signer.email]
    assert "搜登站镇搜登站村：“批地”等您审核，已经 3 个工作日。" in found[reviewer.email]
    assert send_digests(MONDAY + timedelta(days=3)) == 0
    assert Delivery.objects.count() == 2


def test_the_gateway_hears_of_it_once_a_unit(waits, signer, reviewer, settings):
    settings.SUPERVISION_WEBHOOK_URL, settings.SUPERVISION_WEBHOOK_SECRET = "http://127.0.0.1:9/in", "s"
    send_digests(MONDAY + timedelta(days=3))
    told = {row.key: row.payload for row in Delivery.objects.filter(channel="webhook")}
    assert set(told) == {f"waiting:{step}:220204101201:2026-11-19" for step in ("sign", "review")}
    assert told["waiting:sign:220204101201:2026-11-19"]["accounts"] == [signer.username]
    assert "批地" in told["waiting:review:220204101201:2026-11-19"]["text"]


def test_the_days_are_data(waits, db):
    Term.objects.create(name=TermName.REVIEW, number=10, since=MONDAY)
    assert usual_days(MONDAY) == {"sign": 2, "review": 10}
    assert send_digests(MONDAY + timedelta(days=3)) == 1


def test_a_weekend_does_not_count(waits):
    """Friday to Monday is one working day."""
    friday = timezone.make_aware(timezone.datetime(2026, 11, 20, 9))
    TaskState.objects.filter(status="in_progress").update(started_at=friday)
    assert send_digests(date(2026, 11, 24)) == 0
    assert send_digests(date(2026, 11, 25)) == 2


def test_a_stand_in_gets_it_too_and_the_author_never(waits, reviewer, member, tree, clerk):
    other = member("clerk", tree["大绥河村"], email="other@example.invalid")
    stand_in(reviewer, other, "reviewer", tree["搜登站镇"], timezone.localdate(), timezone.localdate())
    clerk.email = "clerk@example.invalid"
    clerk.save()
    send_digests(MONDAY + timedelta(days=3))
    assert "批地" in letters()["other@example.invalid"]
    assert "clerk@example.invalid" not in letters()


def test_after_five_working_days_the_administrator_is_told_once(waits, admin, settings):
    assert escalate_reviews(MONDAY + timedelta(days=7)) == 0
    day = MONDAY + timedelta(days=8)
    assert escalate_reviews(day) == 2
    assert escalate_reviews(day) == 0
    send_digests(day)
    assert "搜登站镇搜登站村：“批地”等审核 6 个工作日了，请督促。" in letters()[admin.email]
    assert send_digests(day + timedelta(days=1)) > 0
    assert escalate_reviews(day + timedelta(days=1)) == 0
    assert ReviewEscalation.objects.count() == 2
    assert sum("请督促" in row.payload["text"] for row in Delivery.objects.filter(recipient=admin.email)) == 1


def test_a_text_that_waits_anew_is_told_of_anew(client, waits, signer, reviewer, clerk):
    day = MONDAY + timedelta(days=8)
    escalate_reviews(day)
    act(client, reviewer, waits[1], "return", comment="改")
    waits[1].current_workflow_state.resume(clerk)
    TaskState.objects.filter(status="in_progress").update(started_at=timezone.make_aware(timezone.datetime(2026, 11, 16, 9)))
    assert escalate_reviews(day) == 1


def test_the_daily_job_does_it_twice_without_harm(waits):
    day = MONDAY + timedelta(days=8)
    run_day(day)
    before = Delivery.objects.count(), ReviewEscalation.objects.count()
    run_day(day)
    assert (Delivery.objects.count(), ReviewEscalation.objects.count()) == before


def test_a_return_is_told_by_mail_through_the_queue(client, waits, clerk, reviewer):
    clerk.email = "clerk@example.invalid"
    clerk.save()
    act(client, reviewer, waits[1], "return", comment="标题写全。")
    assert mail.outbox == []
    [row] = Delivery.objects.all()
    assert (row.recipient, row.payload["subject"]) == ("clerk@example.invalid", "退回来要改：批地")
    assert "审某说：标题写全。" in row.payload["text"]
    assert deliver() == 1
    assert len(mail.outbox) == 1


def test_wagtail_writes_to_nobody(client, rules, item, sent, member, signer, reviewer, clerk):
    member(is_superuser=True, email="root@example.invalid")
    for user in (signer, reviewer, clerk):
        user.email = f"{user.username}@example.invalid"
        user.save()
    text = sent()
    act(client, signer, text, "sign")
    act(client, reviewer, text, "return", comment="改")
    other = sent(title="批地", item=item)
    act(client, reviewer, other, "approve")
    assert mail.outbox == []


def test_many_waiting_cost_the_same_queries(waits, item, sent, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        send_digests(MONDAY + timedelta(days=3))
    for n in range(8):
        sent(title=f"又一篇{n}", item=item)
    TaskState.objects.filter(status="in_progress").update(started_at=timezone.make_aware(timezone.datetime(2026, 11, 16, 9)))
    with django_assert_num_queries(len(few)):
        send_digests(MONDAY + timedelta(days=4))
