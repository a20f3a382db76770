"""The staff's pages: entry with a file, the way to the public, nothing lost, keys shown once."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from openness.disclosures.models import Attachment
from openness.policies.models import Card, DepartmentToken, Interpretation, NeedRule, Policy, Stage

from .conftest import TEXT

pytestmark = pytest.mark.django_db
FORM = {
    "title": "关于发放高龄津贴的通知",
    "number": "船民发[2026]3号",
    "issuer": "船营区民政局",
    "tier": "county",
    "genre": "notice",
    "issued_on": "2026-02-01",
}


def press(client, name, pk, **body):
    return client.post(reverse(name, args=[pk]), body, follow=True).content.decode()


def test_from_a_file_to_the_public(client, people, county):
    client.force_login(people["clerk"])
    file = SimpleUploadedFile("高龄津贴.txt", TEXT.encode())
    page = client.post(reverse("policy_new"), {**FORM, "unit": county.code, "upload": file}, follow=True).content.decode()
    assert "存好了" in page
    policy = Policy.objects.get()
    assert policy.text.splitlines() == TEXT.splitlines()
    assert "等审核" in press(client, "policy_desk", policy.pk, act="send")
    press(client, "policy_card", policy.pk, act="write", whom="满 80 岁的老人", whom_from="t2", where="村里", where_from="t3")
    assert "请别的人来核对" in press(client, "policy_card", policy.pk, act="check", office="民政局")
    client.force_login(people["reviewer"])
    assert "群众看得到" in press(client, "policy_card", policy.pk, act="check", office="民政局")
    assert "公开了" in press(client, "policy_desk", policy.pk, act="publish")
    shown = client.get(policy.get_absolute_url()).content.decode()
    assert "满 80 岁的老人" in shown
    assert "高龄津贴" in shown
    assert client.get(Attachment.objects.get().url).status_code == 200


def test_a_mistake_loses_neither_words_nor_file(client, people, county):
    client.force_login(people["clerk"])
    file = SimpleUploadedFile("高龄津贴.txt", TEXT.encode())
    page = client.post(reverse("policy_new"), {**FORM, "unit": county.code, "number": "三号文", "upload": file}).content.decode()
    assert "文号看不懂" in page
    assert "每人每月发给高龄津贴一百元" in page
    kept = re.search(r'name="kept" value="(\d+)" checked', page)
    assert kept
    client.post(reverse("policy_new"), {**FORM, "unit": county.code, "text": TEXT, "kept": kept[1]})
    assert Policy.objects.get().files == [int(kept[1])]


def test_a_scan_is_kept_and_its_words_are_asked_for(client, people, county):
    client.force_login(people["clerk"])
    page = client.post(reverse("policy_new"), {**FORM, "unit": county.code, "upload": SimpleUploadedFile("空.txt", b" ")}).content.decode()
    assert "还没有存" in page
    assert "写正文" in page


def test_a_file_of_another_unit_is_not_taken(client, people, county, tree):
    other = Attachment.objects.create(title="别处的", file=SimpleUploadedFile("a.txt", b"x"), unit=tree["龙潭区"])
    client.force_login(people["clerk"])
    client.post(reverse("policy_new"), {**FORM, "unit": county.code, "text": TEXT, "kept": other.pk})
    assert Policy.objects.get().files == []


def test_what_the_form_shows_is_what_it_takes(client, people, write, county):
    policy = write(
        number="船民发〔2026〕3号", audiences=["elder"], needs=["money"], covers=["220204101"], conditions=[{"kind": "age", "least": 80, "most": 99}],
        questions=[{"ask": "满八十了吗？", "yes": True}, {"ask": "住养老院吗？", "yes": False}], tag_words=["老人", "津贴"], genre="plan",
    )  # fmt: skip
    client.force_login(people["clerk"])
    form = client.get(reverse("policy_edit", args=[policy.pk])).context["form"]
    body = {name: value for name, value in form.initial.items() if value not in (None, "")}
    client.post(reverse("policy_edit", args=[policy.pk]), body)
    again = Policy.objects.get(pk=policy.pk)
    names = (
        "title",
        "text",
        "number",
        "number_word",
        "audiences",
        "needs",
        "covers",
        "conditions",
        "questions",
        "tag_words",
        "genre",
        "issued_on",
    )
    assert {name: getattr(again.draft, name) for name in names} == {name: getattr(policy, name) for name in names}
    assert again.revisions.count() == 2


def test_one_press_publishes_both(client, people, write, county):
    policy = write(genre="measures")
    client.force_login(people["clerk"])
    client.post(
        reverse("interpretation_new", args=[policy.pk]),
        {"title": "解读", "form": "text", "issuer": "民政局", "text": "满八十岁的老人每月一百元。"},
    )
    text = Interpretation.objects.get()
    press(client, "policy_desk", policy.pk, act="send")
    client.force_login(people["reviewer"])
    assert "为什么没有解读" in client.get(reverse("policy_desk", args=[policy.pk])).content.decode()
    client.force_login(people["clerk"])
    press(client, "interpretation_desk", text.pk, act="send")
    client.force_login(people["reviewer"])
    assert "一起公开" in client.get(reverse("policy_desk", args=[policy.pk])).content.decode()
    press(client, "policy_desk", policy.pk, act="publish")
    assert Interpretation.objects.get().live
    assert Policy.objects.get().live


def test_a_refusal_keeps_the_words(client, people, write):
    policy = write(genre="measures")
    Policy.objects.update(stage=Stage.SENT)
    client.force_login(people["reviewer"])
    page = press(client, "policy_desk", policy.pk, act="repeal", note="清理文件的决定", on="乱写")
    assert "哪天废止" in page


def test_what_was_found_is_decided_on_the_page(client, people, public, write):
    old, twin = public(), write()
    client.force_login(people["clerk"])
    assert "好像已经有了" in client.get(reverse("policy_desk", args=[twin.pk])).content.decode()
    press(client, "policy_desk", twin.pk, act="different", other=old.pk)
    assert "好像已经有了" not in client.get(reverse("policy_desk", args=[twin.pk])).content.decode()
    third = write()
    press(client, "policy_desk", third.pk, act="new_version", other=old.pk)
    assert Policy.objects.get(pk=third.pk).draft.replaces == [old.pk]
    press(client, "policy_desk", third.pk, act="remove")
    assert not Policy.objects.filter(pk=third.pk).exists()


def test_a_key_is_shown_once(client, people, county):
    client.force_login(people["administrator"])
    answer = client.post(reverse("policy_tokens"), {"unit": county.code, "department": "民政局"})
    key = re.search(r"<code>([\w-]{40,})</code>", answer.content.decode())
    assert key
    assert "no-store" in answer["Cache-Control"]
    again = client.get(reverse("policy_tokens")).content.decode()
    assert key[1] not in again
    client.post(reverse("policy_tokens"), {"revoke": DepartmentToken.objects.get().pk})
    assert DepartmentToken.objects.get().revoked_at is not None


def test_administrators_say_what_needs_an_interpretation(client, people, county):
    client.force_login(people["administrator"])
    client.post(
        reverse("policy_need_rules"), {"unit": county.code, "tier": "county", "genre": "notice", "needed": "yes", "reason": "县里定的"}
    )
    assert NeedRule.objects.first().unit == county
    page = client.post(reverse("policy_need_rules"), {"unit": county.code, "tier": "x", "reason": "县里定的"}).content.decode()
    assert "请选级别和体裁" in page
    assert "县里定的" in page


@pytest.mark.parametrize(("name", "shown"), [("clerk", True), ("reviewer", True), ("auditor", True), ("village clerk", False)])
def test_the_menu_is_for_those_of_counties_and_townships(rf, people, name, shown):
    request = rf.get("/admin/")
    request.user = people[name]
    assert ("policies" in [item.name for item in admin_menu.menu_items_for_request(request)]) is shown


def test_lists_and_other_places(client, people, write, public):
    draft, shown = write("草稿一份", "一、草稿里的话，写得长一点，好让它像一份文件。"), public()
    for name, sees in (("clerk", True), ("elsewhere", False), ("village clerk", False)):
        client.force_login(people[name])
        listed = client.get(reverse("policies_desk"), {"show": "all"}).content.decode()
        assert (draft.title in listed) is (shown.title in listed) is sees
        assert (client.get(reverse("policy_desk", args=[draft.pk])).status_code == 200) is sees
    assert Card.objects.count() == 0
