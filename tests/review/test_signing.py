"""The way of a village's finance text: its own group signs, on the screen or on paper, then the township approves, then it is public."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from openness.disclosures.models import Attachment, Body, Receipt, Signature
from openness.disclosures.rules import PublishRefused
from openness.disclosures.services.bulk import BulkRefused, publish_many
from openness.disclosures.services.receipts import content_hash
from openness.disclosures.services.signing import Paper, rule_for, sign
from openness.disclosures.services.signing_rules import NewRule, add_rule, adopt_defaults
from openness.units.refusal import Refused
from tests.conftest import make_item

from .conftest import SINCE, act, change, edit, fresh, seen_on, send, step

pytestmark = pytest.mark.django_db


def test_the_whole_way_of_a_finance_text(client, rules, sent, clerk, signer, reviewer):
    text = sent()
    assert step(text) == "sign"
    act(client, signer, text, "sign", body=Body.FINANCE)
    assert step(text) == "review"
    act(client, reviewer, text, "approve")
    text = fresh(text)
    assert text.live
    receipt, signature = Receipt.objects.get(), Signature.objects.get()
    assert (f"#{clerk.pk}" in receipt.actor, f"#{reviewer.pk}" in receipt.approver) == (True, True)
    assert signature.content_hash == receipt.content_hash == content_hash(text)
    assert (signature.body, signature.names, signature.signer) == (Body.FINANCE, "签某", signer.pk)
    today = timezone.localdate()
    page = client.get(text.get_absolute_url()).content.decode()
    assert f"由民主理财小组审核签字（{today.year}年{today.month}月{today.day}日）" in page
    assert "签某" not in page


def test_names_are_public_only_where_the_data_says_so(client, tree, admin, finance, sent, signer, reviewer):
    add_rule(tree["船营区"], admin, NewRule("village", Body.SUPERVISION, "x", SINCE, names_public=True))
    text = sent()
    act(client, signer, text, "sign")
    act(client, reviewer, text, "approve")
    assert "签字人：签某" in client.get(fresh(text).get_absolute_url()).content.decode()


def test_what_no_rule_asks_for_passes_the_step_with_a_note(rules, item, sent):
    text = sent(item=item)
    assert step(text) == "review"
    state = TaskState.objects.get(status=TaskState.STATUS_SKIPPED)
    assert state.comment == "这一项不用签字"


def test_before_it_is_signed_nobody_publishes_it(rules, sent, reviewer):
    text = sent()
    with pytest.raises(PublishRefused, match="还没有监督委员会签字"):
        text.get_latest_revision().publish(user=reviewer)
    assert not fresh(text).live


def test_the_reviewer_cannot_approve_at_the_committee_s_step(client, rules, sent, reviewer):
    text = sent()
    page = act(client, reviewer, text, "approve").content.decode()
    assert "已经不在这一步了" in page
    assert not fresh(text).live


def test_a_signature_on_paper_is_written_down_by_the_clerk(client, rules, sent, clerk, reviewer):
    text = sent()
    sheet = SimpleUploadedFile("签字单.jpg", b"\xff\xd8photo", "image/jpeg")
    act(client, clerk, text, "record", names="王某、李某", signed_on="2026-10-12", body=Body.SUPERVISION, sheet=sheet)
    assert step(text) == "review"
    signature = Signature.objects.get()
    assert (signature.how, signature.names, signature.signed_on, signature.body) == (
        "paper",
        "王某、李某",
        date(2026, 10, 12),
        "supervision",
    )
    assert signature.recorder == clerk.pk
    page = seen_on(client, reviewer, text)
    assert "看签字单" in page
    assert client.get(signature.sheet.url).status_code == 200
    act(client, reviewer, text, "approve")
    assert "由村务监督委员会审核签字（2026年10月12日）" in client.get(fresh(text).get_absolute_url()).content.decode()


def test_the_photograph_of_the_sheet_is_never_public(client, rules, sent, clerk, reviewer, tree, member):
    text = sent()
    act(client, clerk, text, "record", names="王某", signed_on="2026-10-12", sheet=SimpleUploadedFile("a.pdf", b"%PDF-"))
    sheet = Attachment.objects.get()
    change_to_show(text, sheet)
    client.logout()
    assert client.get(sheet.url).status_code == 404
    client.force_login(member("reviewer", tree["大绥河镇"]))
    assert client.get(sheet.url).status_code == 404
    client.force_login(clerk)
    assert sheet.title not in client.get(reverse("wagtaildocs_chooser:choose")).content.decode()
    assert client.get(reverse("wagtaildocs:edit", args=[sheet.pk])).status_code == 302
    assert client.post(reverse("wagtaildocs:delete", args=[sheet.pk])).status_code == 302
    assert Attachment.objects.filter(pk=sheet.pk).exists()


def change_to_show(text, sheet):
    """Even where somebody gets it into a public text."""
    from openness.disclosures.models import FileUse

    type(text).objects.filter(pk=text.pk).update(live=True)
    FileUse.objects.create(disclosure=text, attachment=sheet)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"names": "", "signed_on": "2026-10-12"}, "请写签字人的姓名。"),
        ({"names": "王某", "signed_on": "去年"}, "日期写成 2026-10-12 这样。"),
        ({"names": "王某", "signed_on": str(timezone.localdate() + timedelta(days=1))}, "不能晚于今天"),
        ({"names": "经某", "signed_on": "2026-10-12"}, "经办人自己写的，不能自己签字。"),
        ({"names": "王某", "signed_on": "2026-10-12", "body": "residents"}, "请从给出的里面选谁签的。"),
        ({"names": "王某", "signed_on": "2026-10-12", "sheet": SimpleUploadedFile("a.exe", b"x")}, "签字单要传照片"),
    ],
)
def test_what_cannot_be_on_the_sheet_gets_a_sentence(client, rules, sent, clerk, data, sentence):
    text = sent()
    page = act(client, clerk, text, "record", **data).content.decode()
    assert sentence in page
    assert not Signature.objects.exists()
    assert step(text) == "sign"


def test_a_text_signed_on_paper_beforehand_goes_straight_to_the_review(client, rules, written, clerk):
    text = written()
    act(client, clerk, text, "record", names="王某", signed_on="2026-10-12")
    send(text)
    assert step(text) == "review"
    assert "10月12日签过字，文字没有改过" in TaskState.objects.get(status="skipped").comment


def test_saving_without_a_change_keeps_the_signature(client, rules, written, clerk):
    text = written()
    edit(client, clerk, text)
    act(client, clerk, fresh(text), "record", names="王某", signed_on="2026-10-12")
    signed = Signature.objects.get()
    before = fresh(text).latest_revision_id
    now = fresh(text).get_latest_revision_as_object()
    now.save_revision(user=clerk)
    assert fresh(text).latest_revision_id != before
    send(text)
    assert step(text) == "review"
    assert Signature.objects.get() == signed


def test_a_changed_text_needs_a_new_signature_and_the_form_says_so(client, rules, written, clerk, signer):
    text = written()
    act(client, clerk, text, "record", names="王某", signed_on="2026-10-12")
    page = edit(client, clerk, text).content.decode()
    assert "10月12日签过字，后来文字改了，要由民主理财小组或者村务监督委员会重新签字。" in page
    send(text)
    assert step(text) == "sign"
    act(client, signer, text, "sign")
    assert Signature.objects.count() == 2
    assert step(text) == "review"


def test_a_word_mended_by_the_reviewer_goes_before_the_committee_again(client, rules, sent, signer, reviewer):
    text = sent()
    act(client, signer, text, "sign")
    change(text, "本季度收入三百二十元。", reviewer)
    page = act(client, reviewer, text, "approve").content.decode()
    assert "已经请监督委员会重新签字" in page
    assert (step(text), fresh(text).live) == ("sign", False)
    act(client, signer, text, "sign")
    act(client, reviewer, text, "approve")
    assert fresh(text).live
    assert "三百二十元" in client.get(fresh(text).get_absolute_url()).content.decode()


def test_who_has_read_another_text_does_not_sign(client, rules, sent, signer):
    text = sent()
    client.force_login(signer)
    address = reverse("review_text", args=[text.pk])
    seen = client.get(address).context["seen"]
    change(text, "改过的。")
    page = client.post(address, {"act": "sign", "seen": seen}, follow=True).content.decode()
    assert "文字刚才改过，请再看一遍，再签字。" in page
    assert not Signature.objects.exists()


def test_the_committee_returns_with_words(client, rules, sent, clerk, signer):
    text = sent()
    assert "退回要写一句话" in act(client, signer, text, "return", comment=" ").content.decode()
    assert step(text) == "sign"
    act(client, signer, text, "return", comment="第三笔支出没有发票。")
    assert step(text) == "returned"
    page = seen_on(client, clerk, text)
    assert "监督委员会 签某退回" in page
    assert "第三笔支出没有发票。" in page


def test_after_a_return_by_the_township_the_same_text_is_not_signed_again(client, rules, sent, clerk, signer, reviewer):
    text = sent()
    act(client, signer, text, "sign")
    act(client, reviewer, text, "return", comment="标题写全。")
    fresh(text).current_workflow_state.resume(clerk)
    assert step(text) == "review"
    act(client, reviewer, text, "return", comment="标题写全。")
    change(text, "改过的。", clerk)
    fresh(text).current_workflow_state.resume(clerk)
    assert step(text) == "sign"


def test_signatures_are_append_only(rules, sent, signer):
    sign(sent(), signer)
    for act_on in (lambda rows: rows.update(names="别人"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act_on(Signature.objects.all())
    assert Signature.objects.get().names == "签某"


def test_a_rule_counts_from_its_day_and_the_narrower_one_first(tree, admin, draft, finance, item):
    county, text, other = tree["船营区"], draft(item=finance), draft(item=item)
    add_rule(county, admin, NewRule("village", Body.SUPERVISION, "x", SINCE))
    assert rule_for(text).body == rule_for(other).body == "supervision"
    add_rule(county, admin, NewRule("village", Body.FINANCE, "x", SINCE, field="村级财务"))
    assert (rule_for(text).body, rule_for(other).body) == ("finance", "supervision")
    add_rule(county, admin, NewRule("village", "", "x", SINCE, item_key=finance.key))
    assert rule_for(text) is None
    add_rule(county, admin, NewRule("village", Body.FINANCE, "x", timezone.localdate() + timedelta(days=1), item_key=finance.key))
    assert rule_for(text) is None
    add_rule(county, admin, NewRule("village", Body.SUPERVISION, "x", timezone.localdate(), item_key=finance.key))
    assert rule_for(text).body == "supervision"


def test_townships_and_other_counties_come_under_their_own_rules(tree, rules, draft, finance):
    assert rule_for(draft(unit=tree["搜登站镇"], item=finance)) is None
    assert rule_for(draft(unit=tree["弓通村"], item=finance)) is None


def test_what_the_law_suggests(tree, finance, item, draft):
    county = tree["船营区"]
    assert adopt_defaults(county, SINCE, "示例") == 4
    assert adopt_defaults(county, SINCE, "示例") == 0
    rule = rule_for(draft(item=finance))
    assert rule.bodies == ["finance", "supervision"]
    assert "农经发〔2011〕13号" in rule.source
    assert "第三十七条" in rule_for(draft(item=item)).source
    assert rule_for(draft(unit=tree["搜登站镇"], item=item)) is None


def test_many_at_once_are_signed_too(tree, rules, village, finance):
    from openness.disclosures.models import Disclosure

    def texts():
        body = [("text", "<p>账。</p>")]
        return [Disclosure(unit=village, item=finance, title=f"账{n}", formed_on=date(2026, 1, 5), body=body) for n in range(3)]

    with pytest.raises(BulkRefused, match="还没有监督委员会签字"):
        publish_many(texts(), "甲 #1", "乙 #2")
    made = publish_many(texts(), "甲 #1", "乙 #2", signer=lambda _text, _rule, at: Paper("王某", timezone.localdate(at)))
    assert {row.content_hash for row in Signature.objects.all()} == {row.content_hash for row in Receipt.objects.all()}
    assert Signature.objects.count() == len(made)


def test_rules_are_for_administrators_of_the_county_and_all_may_read_them(client, tree, admin, finance, clerk, member):
    address = reverse("signing_rules")
    data = {"kind": "village", "scope": f"i:{finance.key}", "body": "finance", "other_body": "", "source": "县规定", "since": "2026-11-01"}
    for person in (clerk, member("supervisor", tree["船营区"]), member("auditor", tree["船营区"])):
        client.force_login(person)
        assert client.get(address).status_code == 200
        assert client.post(address, data).status_code in (302, 403)
    client.force_login(admin)
    assert "请写依据" in client.post(address, {**data, "source": ""}).content.decode()
    page = client.post(address, data, follow=True).content.decode()
    assert "村级财务 · 村级财务收支" in page
    client.force_login(clerk)
    assert "县规定" in client.get(address).content.decode()
    client.force_login(member("administrator", tree["龙潭区"]))
    assert client.get(f"{address}?county=220204").status_code == 404
    with pytest.raises(Refused, match="县级管理员"):
        add_rule(tree["船营区"], clerk, NewRule("village", Body.FINANCE, "x", SINCE))


def test_the_button_of_the_law_is_there_until_there_are_rules(client, tree, admin, finance):
    client.force_login(admin)
    assert "照法律的要求定" in client.get(reverse("signing_rules")).content.decode()
    page = client.post(reverse("signing_rules"), {"defaults": "1"}, follow=True).content.decode()
    assert "村务监督委员会" in page
    assert "照法律的要求定" not in page.replace("照法律的要求定好了", "")


def test_a_withdrawn_signing_step_of_an_older_workflow_comes_once(db):
    from wagtail.models import WorkflowTask

    from openness.disclosures.models import SignTask
    from openness.disclosures.services.workflow import ensure_workflow

    ensure_workflow()
    steps = WorkflowTask.objects.filter(workflow__name="乡镇（街道）审核").order_by("sort_order")
    assert list(steps.values_list("task__name", flat=True)) == ["监督委员会签字", "乡镇（街道）审核"]
    WorkflowTask.objects.filter(task__in=SignTask.objects.values("task_ptr")).delete()
    ensure_workflow()
    assert steps.count() == 1


def test_the_signer_sees_it_as_residents_will(client, rules, sent, signer):
    text = sent()
    client.force_login(signer)
    page = client.get(reverse("review_text", args=[text.pk]))
    shown = client.get(page.context["preview"])
    assert shown.status_code == 200
    assert "本季度收入三百元。" in shown.content.decode()


def test_a_signed_draft_is_not_deleted_but_told_so(client, rules, written, clerk):
    text = written()
    act(client, clerk, text, "record", names="王某", signed_on="2026-10-12")
    client.force_login(clerk)
    answer = client.post(reverse("wagtailsnippets_disclosures_disclosure:delete", args=[text.pk]), follow=True)
    assert "签过字的不能删" in answer.content.decode()
    assert fresh(text)


def test_the_sheet_to_sign_shows_the_text_and_its_fingerprint(client, rules, sent, clerk, tree, member):
    text = sent()
    client.force_login(clerk)
    page = client.get(reverse("review_sheet", args=[text.pk])).content.decode()
    assert "本季度收入三百元。" in page
    assert content_hash(text)[:16] in page
    client.force_login(member("clerk", tree["半拉山村"]))
    assert client.get(reverse("review_sheet", args=[text.pk])).status_code == 404


def test_an_item_without_a_name_in_the_catalogue_is_refused(tree, admin):
    make_item()
    with pytest.raises(Refused, match="目录里没有这个事项"):
        add_rule(tree["船营区"], admin, NewRule("village", Body.FINANCE, "x", SINCE, item_key="nothing"))
