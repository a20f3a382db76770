"""From a draft to the public and back: two people, together with the interpretation, on record for good."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from openness.policies.models import Policy, Record, Stage, Verb
from openness.policies.services.card import check_card, is_checked, write_card
from openness.policies.services.entry import change, found_different, new_version_of, remove_draft
from openness.policies.services.needs import NewRule, add_rule, overdue
from openness.policies.services.publish import Without, publish, publish_interpretation, send, send_back, withdraw
from openness.policies.services.records import broken_records
from openness.policies.services.repeal import repeal
from openness.units.refusal import Refused

from .conftest import LINES, TEXT

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LONG = TEXT + "".join(
    f"\n第{n}条 各乡镇、街道把第{n}类老人的名单在公示栏贴满{n + 10}天，有不同意见的当面答复，答复不了的报县民政局。" for n in range(5, 12)
)


def again(row):
    return type(row).objects.get(pk=row.pk)


def verbs() -> list[str]:
    return list(Record.objects.order_by("pk").values_list("verb", flat=True))


def test_a_draft_is_sent_and_another_person_publishes_it(write, people):
    policy = write(number="船民发〔2026〕3号", tag_words=["高龄津贴", "老人"])
    with pytest.raises(Refused, match="还没有交上来"):
        publish(policy, people["reviewer"])
    send(policy, people["clerk"])
    with pytest.raises(PermissionDenied):
        publish(policy, people["second"])
    shown = publish(policy, people["reviewer"])
    assert (shown.live, shown.stage) == (True, Stage.DONE)
    assert shown.index_number.endswith(f"/{TODAY.year}-00001")
    assert sorted(shown.tags.names()) == ["老人", "高龄津贴"]
    record = Record.objects.get()
    assert (record.verb, record.policy) == (Verb.PUBLISH, policy)
    assert "经办甲" in record.actor
    assert "审核丙" in record.approver


def test_nobody_publishes_the_own_words(write, people):
    policy = write()
    change(policy, {"title": "审核人改过的标题"}, people["reviewer"])
    send(policy, people["clerk"])
    with pytest.raises(Refused, match="您自己写的"):
        publish(policy, people["reviewer"])
    assert not again(policy).live
    assert verbs() == []


def test_a_correction_stays_a_draft_until_it_is_published(public, people):
    policy = public()
    change(policy, {"title": "改过的标题"}, people["clerk"])
    assert again(policy).title == "关于发放高龄津贴的通知"
    assert again(policy).draft.title == "改过的标题"
    send(again(policy), people["clerk"])
    publish(again(policy), people["reviewer"])
    assert again(policy).title == "改过的标题"
    assert verbs() == [Verb.PUBLISH, Verb.CORRECT]


def test_returned_with_words(write, people):
    policy = write()
    send(policy, people["clerk"])
    with pytest.raises(Refused, match="退回要写一句话"):
        send_back(policy, people["reviewer"], " ")
    send_back(policy, people["reviewer"], "第二条写清楚")
    assert (again(policy).stage, again(policy).return_note) == (Stage.RETURNED, "第二条写清楚")


def test_records_refuse_to_be_rewritten_and_a_broken_chain_is_named(public):
    public()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Record.objects.update(note="没有这回事")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Record.objects.all().delete()
    assert list(broken_records()) == []
    Record.objects.create(
        unit=Record.objects.get().unit, seq=3, policy=Policy.objects.get(), verb=Verb.CORRECT, at=timezone.now(), actor="甲", approver="乙",
        content_hash="0", hash="0",
    )  # fmt: skip
    assert {why for _record, why in broken_records()} == {"少了第 2 号", "内容和指纹不符"}


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"title": " "}, "标题没有写"),
        ({"text": "短"}, "正文没有写"),
        ({"issued_on": None}, "发布日期没有写"),
        ({"effective_on": date(2026, 3, 1), "expires_on": date(2026, 2, 1)}, "有效期比施行日期还早"),
        ({"text": f"{TEXT}联系人电话13912345678。"}, "手机号"),
    ],
)
def test_what_is_not_complete_is_refused_in_words(write, people, columns, said):
    policy = write(**columns)
    with pytest.raises(Refused, match=said):
        send(policy, people["clerk"])


# Interpretations: 吉政公组〔2019〕1号


def test_a_policy_that_needs_an_interpretation_waits_for_it_and_both_go_out_in_one_act(write, people, interpret):
    policy = write(genre="measures")
    send(policy, people["clerk"])
    with pytest.raises(Refused, match="和解读一起公开"):
        publish(policy, people["reviewer"])
    text = interpret(policy)
    publish(policy, people["reviewer"])
    assert again(policy).live
    assert again(text).live
    assert verbs() == [Verb.PUBLISH, Verb.PUBLISH]


def test_both_or_none(write, people, interpret):
    policy = write(genre="measures")
    text = interpret(policy)
    send(policy, people["clerk"])
    change(text, {"title": "审核人自己改的解读"}, people["reviewer"])
    send(again(text), people["clerk"])
    with pytest.raises(Refused, match="审核人自己改的解读"):
        publish(policy, people["reviewer"])
    assert not again(policy).live
    assert not again(text).live
    assert verbs() == []


def test_a_named_reason_lets_it_out_and_a_broken_promise_is_listed(write, people, interpret):
    policy = write(genre="measures")
    send(policy, people["clerk"])
    publish(policy, people["reviewer"], Without("图解在印", TODAY + timedelta(days=5)))
    assert Record.objects.get().note == "图解在印"
    assert list(overdue(TODAY + timedelta(days=5))) == []
    assert list(overdue(TODAY + timedelta(days=6))) == [policy]
    publish_interpretation(interpret(again(policy)), people["reviewer"])
    assert list(overdue(TODAY + timedelta(days=6))) == []


def test_which_policies_need_one_is_data(write, people, county):
    policy = write(genre="measures")
    send(policy, people["clerk"])
    add_rule(NewRule(county, "county", "measures", False, "县里定的"), people["administrator"])
    publish(policy, people["reviewer"])
    with pytest.raises(Refused, match="请写依据"):
        add_rule(NewRule(county, "county", "notice", True, " "), people["administrator"])
    add_rule(NewRule(county, "county", "", True, "都要解读"), people["administrator"])
    other = write("关于修路的通知", text="一、把村里的路修好。\n二、年底以前修完，请各村配合。")
    send(other, people["clerk"])
    with pytest.raises(Refused, match="和解读一起公开"):
        publish(other, people["reviewer"])


def test_an_interpretation_does_not_run_ahead_of_its_policy(write, people, interpret):
    with pytest.raises(Refused, match="政策还没有公开"):
        publish_interpretation(interpret(write()), people["reviewer"])


def test_a_video_needs_words_and_an_address(write, people, interpret):
    text = interpret(write(), sent=False, form="video", text="短")
    with pytest.raises(Refused) as refused:
        send(text, people["clerk"])
    assert {"正文没有写。视频、图片也要有文字版。", "视频解读要写视频地址。"} == set(refused.value.sentences)


# In force or not


def test_the_new_one_marks_the_old_one_on_its_day_and_a_withdrawal_takes_the_mark_off(public, write, make_public, people):
    old = public("老办法", number="船民发〔2024〕1号")
    new = write(
        "新办法", text=TEXT.replace("一百元", "二百元").replace("老人", "长者"), replaces=[old.pk], effective_on=TODAY + timedelta(days=3)
    )
    make_public(new)
    marked = again(old)
    assert (marked.repealed_by, marked.is_void) == (new, False)
    assert Policy.objects.void(TODAY + timedelta(days=3)).get() == old
    withdraw(again(new), people["reviewer"], "发错了")
    assert again(old).repealed_on is None
    assert verbs() == [Verb.PUBLISH, Verb.PUBLISH, Verb.REPEAL, Verb.WITHDRAW, Verb.RESTORE]
    assert list(broken_records()) == []


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, "有效"),
        ({"expires_on": TODAY}, "有效"),
        ({"expires_on": TODAY - timedelta(days=1)}, "已失效"),
        ({"effective_on": TODAY + timedelta(days=1)}, "还没施行"),
        ({"repealed_on": TODAY}, "已废止"),
        ({"repealed_on": TODAY + timedelta(days=1)}, "有效"),
        ({"repealed_on": TODAY, "expires_on": TODAY - timedelta(days=9)}, "已废止"),
    ],
)
def test_validity_is_a_matter_of_the_date_and_the_database_says_the_same(public, columns, said):
    policy = public(**{name: value for name, value in columns.items() if name != "repealed_on"})
    Policy.objects.filter(pk=policy.pk).update(**{name: value for name, value in columns.items() if name == "repealed_on"})
    policy = again(policy)
    assert policy.validity == said
    assert policy.is_void is Policy.objects.void(TODAY).exists()
    assert policy.is_void is not Policy.objects.in_force(TODAY).exists()


def test_repealed_without_a_successor(public, people):
    policy = public()
    with pytest.raises(Refused, match="哪天废止"):
        repeal(policy, people["reviewer"], None, "")
    repeal(policy, people["reviewer"], TODAY, "县政府第 8 次常务会决定")
    assert again(policy).is_repealed
    assert verbs()[-1] == Verb.REPEAL


def test_withdrawn_for_a_reason_only(public, people):
    policy = public()
    with pytest.raises(Refused, match="写明原因"):
        withdraw(policy, people["reviewer"], "")
    withdraw(policy, people["reviewer"], "印错了")
    assert (again(policy).live, again(policy).withdrawn_reason) == (False, "印错了")
    with pytest.raises(Refused, match="只能撤下"):
        remove_draft(again(policy), people["clerk"])


# Twice the same


def test_the_same_number_is_not_public_twice(public, write, people):
    public(number="船民发〔2026〕3号")
    twin = write("别的标题", text="一、完全不同的内容，一个字都不一样，也和老年人没有关系。", number="船民发〔2026〕3号")
    with pytest.raises(Refused, match="文号 船民发〔2026〕3号 已经公开过"):
        send(twin, people["clerk"])


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        ("关于印发《关于发放高龄津贴的通知》的通知", "一、别的内容，讲的是修路的事情，和老人没有关系。", "标题一样"),
        ("《关于发放高龄津贴的通知》", "一、别的内容，讲的是修路的事情，和老人没有关系。", "标题一样"),
        ("换了个标题", LONG.replace("十五个", "十五"), "正文几乎一样"),
        ("修路的事", "一、把村里的路修好，年底以前修完，请各村配合施工单位，早一点把地让出来。", None),
    ],
)
def test_what_was_found_is_shown_and_one_of_three_is_decided(public, write, people, title, text, why):
    old, twin = public(text=LONG), write(title, text)
    if why is None:
        send(twin, people["clerk"])
        return
    with pytest.raises(Refused, match=why):
        send(twin, people["clerk"])
    found_different(again(twin), old, people["clerk"])
    send(again(twin), people["clerk"])


def test_a_new_version_repeals_what_was_found(public, write, make_public, people):
    old, twin = public(), write()
    new_version_of(twin, old, people["clerk"])
    make_public(again(twin))
    assert again(old).repealed_by == twin


# Cards


def test_a_card_is_seen_when_another_person_has_checked_it_and_until_the_text_changes(public, people):
    policy = public()
    card = write_card(policy, LINES, people["clerk"])
    assert not is_checked(policy, card)
    with pytest.raises(Refused, match="请别的人来核对"):
        check_card(policy, "民政局", people["clerk"])
    with pytest.raises(Refused, match="哪个单位"):
        check_card(policy, "", people["second"])
    card = check_card(policy, "民政局", people["second"])
    assert is_checked(policy, card)
    assert (card.checker, card.checked_on) == ("经办乙", TODAY)
    assert list(Policy.objects.with_checked_card()) == [policy]
    change(policy, {"text": TEXT.replace("一百元", "二百元")}, people["clerk"])
    send(again(policy), people["clerk"])
    publish(again(policy), people["reviewer"])
    assert list(Policy.objects.with_checked_card()) == []
    assert not is_checked(again(policy), card)


def test_a_line_changed_after_the_check_asks_for_a_new_one(public, people, carded):
    policy = carded(public())
    card = write_card(policy, {**LINES, "how_much": {"text": "每人每月 900 元", "anchor": "t2"}}, people["second"])
    assert not is_checked(policy, card)


def test_people_of_other_places_do_nothing(public, people):
    policy = public()
    for name in ("elsewhere", "village clerk", "auditor"):
        with pytest.raises(PermissionDenied):
            write_card(policy, LINES, people[name])
        with pytest.raises(PermissionDenied):
            withdraw(policy, people[name], "不想要")
