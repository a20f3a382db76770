"""The staff's side: whose is seen, the telephone only by those who answer, nothing typed is lost, the same queries for 10 and 500."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openness.disclosures.models import Disclosure
from openness.participation.models import AnswerTemplate, Kind, State, Step, Submission
from openness.participation.services.handle import Act, take

from .conftest import PHONE

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TEXT = "路灯坏了，我电话13912345678"
SEEN = {"clerk": True, "town_clerk": True, "reviewer": True, "supervisor": False, "administrator": False, "auditor": False}


@pytest.mark.parametrize("name", [*SEEN, "neighbour", "outsider", "stranger"])
def test_whose_it_is_and_who_sees_the_telephone(client, send, people, name):
    row = send(text=TEXT)
    client.force_login(people[name])
    answer = client.get(reverse("submission", args=[row.pk]))
    listed = client.get(reverse("submissions"))
    if name not in SEEN:
        assert answer.status_code in (302, 404)
        assert "路灯坏了" not in listed.content.decode()
        return
    body = answer.content.decode()
    assert (PHONE in body) is (TEXT in body) is SEEN[name]
    assert "路灯坏了" in body
    assert "路灯坏了" in listed.content.decode()
    assert "13912345678" not in listed.content.decode()


def press(client, row, step, **more):
    return client.post(reverse("submission", args=[row.pk]), {"step": step, **more}, follow=True)


def test_the_clerk_answers_and_the_township_approves(client, send, people):
    row = send()
    client.force_login(people["clerk"])
    press(client, row, "accept")
    press(client, row, "show", public_text=row.text)
    assert "等镇里审核" in press(client, row, "draft", note="周三修好").content.decode()
    client.force_login(people["reviewer"])
    assert "周三修好" in client.get(reverse("submission", args=[row.pk])).content.decode()
    press(client, row, "approve")
    assert Submission.objects.get().state == State.ANSWERED


def test_what_was_typed_stays_when_something_is_missing(client, send, people):
    row = send()
    client.force_login(people["clerk"])
    body = press(client, row, "show", public_text="打13912345678找我").content.decode()
    assert "手机号" in body
    assert "打13912345678找我" in body
    body = press(client, row, "refer", note="归县里管").content.decode()
    assert "请选转给哪个单位" in body
    assert "归县里管" in body


def test_passed_on_it_is_gone_from_the_own_list(client, send, people, tree):
    row = send()
    client.force_login(people["clerk"])
    body = press(client, row, "refer", note="归镇里管", unit=tree["搜登站镇"].code).content.decode()
    assert "已经记下" in body
    assert client.get(reverse("submission", args=[row.pk])).status_code == 404
    assert Submission.objects.get().unit == tree["搜登站镇"]


def test_a_supervisor_urges_and_does_nothing_else(client, send, people):
    row = send()
    client.force_login(people["supervisor"])
    press(client, row, "urge", note="请今天答复")
    assert row.events.last().step == Step.URGE
    for step in ("accept", "show", "hide", "draft", "approve"):
        press(client, row, step, note="x", public_text="x")
    assert row.events.count() == 2


def test_overdue_first_and_how_long(client, send, people):
    send(text="刚来的")
    send(text="早就来的", days_ago=30)
    client.force_login(people["clerk"])
    body = client.get(reverse("submissions")).content.decode()
    assert body.index("早就来的") < body.index("刚来的")
    assert "超期" in body
    assert "还剩 5 个工作日" in body
    assert "刚来的" not in client.get(reverse("submissions") + "?show=late").content.decode()


def test_a_template_begins_the_answer(client, send, people):
    row = send(wants_public=False)
    client.force_login(people["clerk"])
    one = AnswerTemplate.objects.create(kind=Kind.MESSAGE, name="办好了", text="您反映的事办好了。")
    body = client.get(reverse("submission", args=[row.pk]) + f"?template={one.pk}").content.decode()
    assert "您反映的事办好了。</textarea>" in body


def test_a_correction_leads_to_the_text(client, published, send, people):
    row = published()
    one = send(Kind.CORRECTION, disclosure=row, text="合计错了")
    client.force_login(people["clerk"])
    assert (
        reverse("wagtailsnippets_disclosures_disclosure:edit", args=[row.pk])
        in client.get(reverse("submission", args=[one.pk])).content.decode()
    )
    assert isinstance(one.disclosure, Disclosure)


def test_the_clerk_s_menu_has_four_entries_with_the_number_that_waits(client, send, people):
    send()
    client.force_login(people["clerk"])
    body = client.get(reverse("submissions")).content.decode()
    labels = body.encode().decode("unicode_escape", errors="ignore") if "\\u7559" in body else body
    assert "留言（1）" in labels


def test_a_clerk_writes_down_a_call(client, people, village):
    client.force_login(people["clerk"])
    data = {"unit": village.code, "source": "phone", "on": TODAY.isoformat(), "text": "水管漏", "name": "张大爷", "phone": "1"}
    assert "11 位手机号" in client.post(reverse("submission_new"), data).content.decode()
    answer = client.post(reverse("submission_new"), {**data, "phone": PHONE}, follow=True)
    assert "请告诉他" in answer.content.decode()
    assert Submission.objects.get().source == "phone"
    client.force_login(people["supervisor"])
    assert client.get(reverse("submission_new")).status_code in (302, 403)


@pytest.mark.parametrize("number", [10, 500])
def test_the_queue_costs_the_same(client, send, people, django_assert_max_num_queries, number):
    row = send()
    Submission.objects.bulk_create(
        Submission(
            number=f"2020-0101-{n}", kind=Kind.MESSAGE, unit=row.unit, text="路", received_at=row.received_at, begun_on=TODAY, due_on=TODAY
        )
        for n in range(number)
    )
    client.force_login(people["clerk"])
    client.get(reverse("submissions"))
    with django_assert_max_num_queries(16):
        client.get(reverse("submissions"))


def test_one_page_costs_the_same_with_a_long_history(client, send, people, django_assert_max_num_queries):
    row = send()
    for _time in range(30):
        take(row, Step.URGE, people["supervisor"], Act(note="快"))
    client.force_login(people["clerk"])
    client.get(reverse("submission", args=[row.pk]))
    with django_assert_max_num_queries(18):
        client.get(reverse("submission", args=[row.pk]))


def test_who_approves_a_text_reads_that_objections_wait(client, published, send, people):
    row = published(title="低保名单公示", notice_from=TODAY - timedelta(days=20), notice_until=TODAY)
    client.force_login(people["reviewer"])
    page = reverse("review_text", args=[row.pk])
    assert "不同意见还没有答复" not in client.get(page).content.decode()
    send(Kind.OBJECTION, disclosure=row, text="漏了一户")
    assert "有 1 条不同意见还没有答复" in client.get(page).content.decode()
