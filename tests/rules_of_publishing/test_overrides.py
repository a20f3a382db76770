"""仍要交 and 放行: the clerk asks, a reviewer lets through with an own reason, and the row stays for good."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from openness.disclosures.models import Disclosure, Receipt, RuleOverride, RuleRequest
from openness.disclosures.rules import PublishRefused
from openness.disclosures.services.override import let_through
from openness.units.models import Membership
from tests.disclosures.test_admin_access import VIEWSET, form_data

from .conftest import IDENTITY, stream, table, told, wrong_table

SUBMIT = {"action-submit": "1"}
REASON = "合计栏含上年结转，附件里有说明"
ASKED = {"override_reason": REASON, "override_rules": "table_sums"}


@pytest.fixture
def sent(send) -> Disclosure:
    answer = send(**SUBMIT, **ASKED)
    assert answer.status_code == 302, answer.context["form"].errors
    return Disclosure.objects.get()


def test_a_broken_rule_is_refused_first_and_offers_the_way_on(send):
    page = send(**SUBMIT).content.decode()
    assert "各行加起来是 6，差 1" in page
    assert "仍要交，理由" in page
    assert 'name="override_rules" value="table_sums"' in page
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("asked", [{**ASKED, "override_reason": " "}, {**ASKED, "override_rules": ""}, {**ASKED, "override_rules": "word"}])
def test_no_reason_or_a_rule_that_was_not_shown(send, asked):
    answer = send(**SUBMIT, **asked)
    assert answer.status_code == 200
    assert not RuleRequest.objects.exists()


def test_what_nobody_can_let_through_offers_no_way_on(send):
    page = send(**SUBMIT, **ASKED, formed_on="2099-01-01").content.decode()
    assert "信息形成日期不能晚于今天" in page
    assert "仍要交，理由" not in page
    assert "这一条不能放行" in page


def test_a_draft_needs_no_reason(send):
    assert send().status_code == 302
    assert not RuleRequest.objects.exists()


def test_with_a_reason_it_goes_to_review(sent, clerk):
    assert sent.current_workflow_state.status == "in_progress"
    asked = RuleRequest.objects.get()
    assert (asked.rule, asked.reason) == ("table_sums", REASON)
    assert f"#{clerk.pk}" in asked.asked_by


def test_a_number_in_the_reason_is_masked(send):
    send(**SUBMIT, **{**ASKED, "override_reason": f"见{IDENTITY}的材料"})
    assert IDENTITY not in RuleRequest.objects.get().reason


def test_the_reviewer_sees_rule_and_reason_before_approving(client, sent, reviewer):
    client.force_login(reviewer)
    page = client.get(reverse(VIEWSET.get_url_name("edit"), args=[sent.pk])).content.decode()
    assert "各行加起来是 6，差 1" in page
    assert REASON in page
    state = sent.current_workflow_task_state
    modal = client.get(reverse(VIEWSET.get_url_name("workflow_action"), args=[sent.pk, "approve", state.pk])).json()["html"]
    assert REASON in modal
    assert "放行的理由" in modal


def test_approving_without_an_own_reason_publishes_nothing(act, sent, reviewer):
    answer = act(reviewer, sent, "approve")
    sent.refresh_from_db()
    assert not sent.live
    assert any("写明放行的理由" in words for words in told(answer))
    assert not RuleOverride.objects.exists()


def test_the_modal_says_beside_the_field_that_a_reason_is_missing(client, sent, reviewer):
    client.force_login(reviewer)
    state = sent.current_workflow_task_state
    address = reverse(VIEWSET.get_url_name("workflow_action"), args=[sent.pk, "approve", state.pk])
    answer = client.post(address, {"comment": "", "must_say": "on"}, headers={"x-requested-with": "XMLHttpRequest"})
    assert "要放行，请写明理由" in answer.json()["html"]


def test_a_plain_post_says_so_too(act, sent, reviewer):
    answer = act(reviewer, sent, "approve", must_say="on")
    assert any("要放行，请写明理由" in words for words in told(answer))
    sent.refresh_from_db()
    assert not sent.live


def test_an_own_reason_publishes_and_leaves_a_row(act, sent, clerk, reviewer):
    act(reviewer, sent, "approve", let_through="已和镇财政所核对")
    sent.refresh_from_db()
    assert sent.live
    row = RuleOverride.objects.get()
    assert (row.disclosure, row.unit, row.revision, row.rule) == (sent, sent.unit, sent.live_revision_id, "table_sums")
    assert "差 1" in row.sentence
    assert (row.clerk_reason, row.reviewer_reason) == (REASON, "已和镇财政所核对")
    assert f"#{clerk.pk}" in row.clerk
    assert f"#{reviewer.pk}" in row.reviewer
    assert Receipt.objects.count() == 1


def test_a_reviewer_may_let_through_what_the_clerk_did_not_ask_for(act, send, reviewer, tree, item, clerk):
    """A rule may have become harder, or an attachment may have been read, since the text was sent."""
    send(**SUBMIT, **ASKED)
    RuleRequest.objects.all().delete()
    act(reviewer, Disclosure.objects.get(), "approve", let_through="核对过了")
    assert RuleOverride.objects.get().clerk_reason == ""


def test_publishing_refuses_without_a_row_whoever_asks(sent, member):
    with pytest.raises(PublishRefused, match="差 1"):
        sent.get_latest_revision().publish(user=member(is_superuser=True))


def test_a_row_of_another_revision_does_not_count(sent, reviewer):
    let_through(sent.get_latest_revision(), reviewer, "核对过了")
    later = sent.get_latest_revision_as_object()
    later.title = "宅基地审批情况（二）"
    revision = later.save_revision()
    with pytest.raises(PublishRefused, match="差 1"):
        revision.publish(user=reviewer)


def test_the_author_never_lets_through_the_own_text(sent, clerk, tree):
    Membership.objects.create(user=clerk, unit=tree["搜登站镇"], role="reviewer")
    with pytest.raises(PublishRefused, match="自己写的"):
        let_through(sent.get_latest_revision(), clerk, "核对过了")


@pytest.mark.parametrize(
    ("role", "unit"), [("clerk", "搜登站村"), ("reviewer", "大绥河镇"), ("supervisor", "船营区"), ("administrator", "船营区")]
)
def test_nobody_but_a_reviewer_lets_through(sent, member, tree, role, unit):
    with pytest.raises(PublishRefused, match="只有本单位或上级单位的审核人"):
        let_through(sent.get_latest_revision(), member(role, tree[unit]), "核对过了")


def test_structure_is_let_through_by_nobody(draft, reviewer, clerk):
    text = draft(author=clerk, body=[], summary="")
    with pytest.raises(PublishRefused, match="不能放行"):
        let_through(text.get_latest_revision(), reviewer, "核对过了")
    assert not RuleOverride.objects.exists()


def test_a_reason_says_something(draft, reviewer, clerk):
    text = draft(author=clerk, body=stream(table(["组", "户数"], ("一组", "3"), ("合计", "4"))))
    with pytest.raises(PublishRefused, match="至少"):
        let_through(text.get_latest_revision(), reviewer, "行")


def test_where_nothing_is_broken_no_row_is_made(draft, reviewer, clerk):
    assert let_through(draft(author=clerk).get_latest_revision(), reviewer, "核对过了") == []


def test_an_approval_that_does_not_publish_writes_no_row(act, sent, reviewer, monkeypatch):
    """Such as one that only goes on to a further step."""
    from wagtail.models import TaskState

    monkeypatch.setattr(TaskState, "approve", lambda *_args, **_options: None)
    act(reviewer, sent, "approve", let_through="核对过了")
    assert not RuleOverride.objects.exists()


def test_a_reason_ends_with_its_approval(act, sent, reviewer):
    act(reviewer, sent, "approve", let_through="核对过了")
    again = Disclosure.objects.get(pk=sent.pk)
    again.change_note, again.title = "改了标题", "又一版"
    with pytest.raises(PublishRefused, match="差 1"):
        again.save_revision().publish(user=reviewer)


def test_when_publishing_fails_the_row_goes_with_it(act, sent, reviewer, monkeypatch):
    monkeypatch.setattr("openness.disclosures.services.publish.touch", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        act(reviewer, sent, "approve", let_through="核对过了")
    assert not RuleOverride.objects.exists()


@pytest.mark.parametrize("change", [lambda rows: rows.update(reviewer_reason="别的"), lambda rows: rows.delete()])
def test_rows_can_neither_be_changed_nor_deleted(act, sent, reviewer, change):
    act(reviewer, sent, "approve", let_through="核对过了")
    with pytest.raises(DatabaseError), transaction.atomic():
        change(RuleOverride.objects.all())
    assert RuleOverride.objects.get().reviewer_reason == "核对过了"


@pytest.mark.parametrize(
    ("role", "unit", "sees"),
    [
        ("reviewer", "搜登站镇", True), ("supervisor", "船营区", True), ("administrator", "船营区", True), ("auditor", "船营区", True),
        ("reviewer", "大绥河镇", False), ("auditor", "龙潭区", False), ("clerk", "搜登站村", None),
    ],
)  # fmt: skip
def test_who_reads_the_list(client, act, sent, reviewer, member, tree, role, unit, sees):
    act(reviewer, sent, "approve", let_through="已和镇财政所核对")
    client.force_login(member(role, tree[unit]))
    answer = client.get(reverse("rule_overrides"))
    if sees is None:
        assert answer.status_code == 302
    else:
        assert ("已和镇财政所核对" in answer.content.decode()) is sees


def test_a_reviewer_who_mends_a_word_and_approves_loses_nothing(client, sent, reviewer, tree, item):
    client.force_login(reviewer)
    data = form_data(tree["搜登站村"], item, **wrong_table(), title="改好的标题")
    data |= {"action-workflow-action": "true", "workflow-action-name": "approve"}
    address = reverse(VIEWSET.get_url_name("edit"), args=[sent.pk])
    refused = client.post(address, data)
    assert refused.status_code == 200
    page = refused.content.decode()
    assert "改好的标题" in page
    assert "要放行，请点“写意见并通过”" in page
    assert "仍要交，理由" not in page
    client.post(address, {**data, "workflow-action-extra-data": '{"let_through": "已和镇财政所核对", "comment": ""}'})
    sent.refresh_from_db()
    assert (sent.live, sent.title) == (True, "改好的标题")
    assert RuleOverride.objects.get().revision == sent.live_revision_id
