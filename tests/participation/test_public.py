"""The resident's side: sending without account, nothing lost, nothing shown too early, following by number and telephone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openness.participation.models import Contact, Kind, Knock, State, Step, Submission
from openness.participation.services.follow import follow
from openness.participation.services.forget import forget
from openness.participation.services.handle import Act, take
from openness.participation.services.knocks import FOLLOW_BY_NUMBER, SEND_BY_PHONE, TooOften, knock
from openness.participation.services.stamp import new_stamp, read_stamp

from .conftest import PHONE

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def written(**more) -> dict[str, str]:
    """What a person posts who took a minute."""
    return {
        "text": "村口的路灯坏了", "name": "李大娘", "phone": "139-0000-0001", "wants_public": "yes", "website": "",
        "stamp": new_stamp(timezone.now() - timedelta(minutes=1)), **more,
    }  # fmt: skip


def post(client, village, **more):
    return client.post(f"/messages/new/?unit={village.code}", written(**more))


def test_a_person_leaves_a_message_and_gets_a_number(client, village):
    page = client.get(f"/messages/new/?unit={village.code}")
    assert "no-store" in page["Cache-Control"]
    answer = client.post(f"/messages/new/?unit={village.code}", written(), follow=True)
    row = Submission.objects.get()
    body = answer.content.decode()
    assert re.fullmatch(rf"{TODAY:%Y-%m%d}-\d\d\d", row.number)
    assert row.number in body
    assert "5 个工作日内" in body
    assert (row.contact.phone, row.wants_public, row.disclosure) == (PHONE, True, None)
    assert PHONE not in body


def test_sent_twice_it_is_received_once(client, village):
    data = written()
    for _time in range(2):
        assert client.post(f"/messages/new/?unit={village.code}", data).status_code == 302
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"text": ""}, "这一项要填"),
        ({"text": "路" * 501}, "太长了，最多 500 字"),
        ({"phone": "12"}, "11 位手机号"),
        ({"website": "http://spam"}, "请把这一栏清空"),
        ({"stamp": "x"}, "放得太久了"),
        ({"stamp": ""}, "放得太久了"),
        ({"wants_public": ""}, "这一项要填"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(client, village, more, said):
    answer = post(client, village, **{"name": "名字还在", **more})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert said in body
    assert "名字还在" in body
    assert not Submission.objects.exists()


def test_too_quick_and_too_old(client, village):
    for stamp, said in ((new_stamp(), "太快了"), (new_stamp(timezone.now() - timedelta(hours=25)), "太久了")):
        body = post(client, village, stamp=stamp).content.decode()
        assert said in body
        fresh = re.search(r'name="stamp" value="([^"]+)"', body)[1]
        assert fresh != stamp
        assert read_stamp(fresh, timezone.now() + timedelta(minutes=1))[1] == ""


def test_a_form_without_its_cookie_comes_back_with_the_words(village):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"/messages/new/?unit={village.code}", written(text="别丢了我写的"))
    body = answer.content.decode()
    assert "别丢了我写的" in body
    assert "请再按一次" in body
    assert not Submission.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)[1]
    stamp = new_stamp(timezone.now() - timedelta(minutes=1))
    again = strict.post(f"/messages/new/?unit={village.code}", written(text="别丢了我写的", csrfmiddlewaretoken=token, stamp=stamp))
    assert again.status_code == 302
    assert Submission.objects.get().text == "别丢了我写的"


def test_the_sixth_of_a_telephone_in_a_day_is_refused_with_a_way_out(client, village):
    village.phone = "0432-60000001"
    village.save()
    for _time in range(SEND_BY_PHONE.number):
        assert post(client, village).status_code == 302
    body = post(client, village, text="第六条").content.decode()
    assert "0432-60000001" in body
    assert "第六条" in body
    assert Submission.objects.count() == SEND_BY_PHONE.number


def test_marks_hold_no_address_and_are_gone_in_two_days():
    knock(SEND_BY_PHONE, PHONE)
    assert PHONE not in "".join(Knock.objects.values_list("mark", flat=True))
    Knock.objects.update(since=timezone.now() - timedelta(days=3))
    forget()
    assert not Knock.objects.exists()


def test_where_there_is_no_unit_one_is_chosen_without_scripts(client, tree):
    assert "搜登站镇" in client.get("/messages/new/").content.decode()
    body = client.get(f"/messages/new/?town={tree['搜登站镇'].code}").content.decode()
    assert f'href="?unit={tree["搜登站村"].code}"' in body
    assert f'href="?unit={tree["船营区"].code}"' in body


def test_the_board_shows_only_what_a_person_let_through(client, send, people):
    hidden, shown, private = send(text="没看过的"), send(text="看过的，电话13912345678"), send(text="悄悄说的", wants_public=False)
    take(shown, Step.SHOW, people["clerk"], Act(public_text="看过的"))
    body = client.get("/messages/").content.decode()
    assert "看过的" in body
    for secret in ("没看过的", "13912345678", "悄悄说的", PHONE, "李大娘"):
        assert secret not in body
    for row in (hidden, private):
        assert client.get(f"/messages/{row.number}/").status_code == 404
    take(shown, Step.DRAFT, people["clerk"], Act(note="下周修"))
    page = client.get(f"/messages/{shown.number}/").content.decode()
    assert "下周修" not in page
    take(shown, Step.APPROVE, people["reviewer"])
    page = client.get(f"/messages/{shown.number}/").content.decode()
    for said in ("下周修", "留言时间", "答复时间", "答复部门", "搜登站村"):
        assert said in page
    take(shown, Step.HIDE, people["clerk"], Act(note="有人认出来了"))
    assert client.get(f"/messages/{shown.number}/").status_code == 404


def test_the_board_by_state_and_by_place(client, send, people, tree):
    waiting, answered = send(text="等着的"), send(text="答过的")
    far = send(unit=tree["大绥河村"], text="外镇的")
    Submission.objects.filter(pk__in=[waiting.pk, answered.pk, far.pk]).update(shown_at=timezone.now())
    for row in (waiting, answered, far):
        Submission.objects.filter(pk=row.pk).update(public_text=row.text)
    Submission.objects.filter(pk=answered.pk).update(state=State.ANSWERED, answered_at=timezone.now(), reply_unit=answered.unit)

    def said(query: str) -> set[str]:
        body = client.get(f"/messages/{query}").content.decode()
        return {text for text in ("等着的", "答过的", "外镇的") if text in body}

    assert said("") == {"等着的", "答过的", "外镇的"}
    assert said("?show=waiting") == {"等着的", "外镇的"}
    assert said("?show=answered") == {"答过的"}
    assert said(f"?unit={tree['搜登站镇'].code}") == {"等着的", "答过的"}
    assert said("?show=nonsense&unit=x&page=zz") == {"等着的", "答过的", "外镇的"}


def look(client, number, phone=PHONE):
    return client.post("/messages/follow/", {"number": number, "phone": phone}).content.decode()


def test_following_needs_number_and_telephone(client, send, people):
    row = send(wants_public=False)
    body = look(client, row.number)
    assert row.text in body
    assert "已收到" in body
    wrong, nowhere = look(client, row.number, "13900000009"), look(client, "2020-0101-001")
    assert row.text not in wrong
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", wrong) == strip.sub("", nowhere)
    assert row.text in look(client, f"  {row.number} ", "+86 139 0000 0001")


def test_a_draft_is_not_shown_and_a_rating_can_be_given(client, send, people):
    row = send(wants_public=False)
    take(row, Step.DRAFT, people["clerk"], Act(note="还没审的话"))
    assert "还没审的话" not in look(client, row.number)
    take(row, Step.APPROVE, people["reviewer"])
    body = look(client, row.number)
    assert "还没审的话" in body
    own = re.search(r'name="own" value="([^"]+)"', body)[1]
    assert "记下了" in client.post("/messages/follow/", {"own": own, "rate": "1", "rating": "3"}).content.decode()
    assert Submission.objects.get().rating == 3
    assert "再查一次" in client.post("/messages/follow/", {"own": own + "x", "rate": "1", "rating": "1"}).content.decode()


def test_guessing_is_stopped(client, send):
    row = send()
    for _time in range(FOLLOW_BY_NUMBER.number):
        assert follow(row.number, "13800000000", "10.0.0.1") is None
    with pytest.raises(TooOften):
        follow(row.number, PHONE, "10.0.0.2")
    assert "次数太多" in look(client, row.number)


def test_links_stand_on_the_text_that_they_are_about(client, published, village):
    row = published(title="低保名单公示", notice_from=TODAY - timedelta(days=20), notice_until=TODAY)
    body = client.get(row.get_absolute_url()).content.decode()
    for link in (f"/d/{row.pk}/wrong/", f"/d/{row.pk}/objection/", f"/messages/new/?d={row.pk}"):
        assert f'href="{link}"' in body
    assert "低保名单公示" in client.get(f"/d/{row.pk}/wrong/").content.decode()
    made = client.post(f"/d/{row.pk}/objection/", written(text="漏了一户"))
    assert made.status_code == 302
    objection = Submission.objects.get()
    assert (objection.kind, objection.disclosure, objection.unit) == (Kind.OBJECTION, row, village)


def test_after_the_notice_no_objection_but_a_message(client, published):
    row = published(title="名单", notice_from=TODAY - timedelta(days=30), notice_until=TODAY - timedelta(days=1))
    assert "objection" not in client.get(row.get_absolute_url()).content.decode().split("<main")[1]
    answer = client.get(f"/d/{row.pk}/objection/")
    assert answer.status_code == 404
    assert "公示期已经过了" in answer.content.decode()
    assert client.get("/d/999999/wrong/").status_code == 404


def test_an_answered_objection_stands_on_the_page(client, published, send, people):
    row = published(title="低保名单公示", notice_from=TODAY - timedelta(days=20), notice_until=TODAY)
    one = send(Kind.OBJECTION, text="漏了一户", disclosure=row)
    take(one, Step.SHOW, people["clerk"], Act(public_text="漏了一户"))
    assert "漏了一户" not in client.get(row.get_absolute_url()).content.decode()
    take(one, Step.DRAFT, people["clerk"], Act(note="那户不够条件"))
    take(one, Step.APPROVE, people["reviewer"])
    body = client.get(row.get_absolute_url()).content.decode()
    assert "漏了一户" in body
    assert "那户不够条件" in body


def test_who_sent_it_is_forgotten_half_a_year_after_the_answer(send, people):
    old, fresh, waiting = (send(text=f"我电话13912345678，第{n}件", wants_public=False) for n in range(3))
    for row, days in ((old, 181), (fresh, 179)):
        Submission.objects.filter(pk=row.pk).update(state=State.ANSWERED, answered_at=timezone.now() - timedelta(days=days))
    assert forget() == 1
    assert set(Contact.objects.values_list("submission", flat=True)) == {fresh.pk, waiting.pk}
    old.refresh_from_db()
    assert "13912345678" not in old.text
    assert forget() == 0


@pytest.mark.parametrize("number", [10, 500])
def test_the_board_costs_the_same(client, send, django_assert_max_num_queries, number):
    first = send()
    rows = [
        Submission(
            number=f"2020-0101-{n}", kind=Kind.MESSAGE, unit=first.unit, text="路", public_text="路", received_at=first.received_at,
            begun_on=TODAY, due_on=TODAY, shown_at=first.received_at,
        )
        for n in range(number)
    ]  # fmt: skip
    Submission.objects.bulk_create(rows)
    client.get("/messages/")
    with django_assert_max_num_queries(8):
        client.get("/messages/")
