"""A clerk submits, a reviewer of the township answers; nobody else, and nobody's own text."""

import json

import pytest
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from openness.disclosures.models import Disclosure, Receipt

from .test_admin_access import VIEWSET, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(member, tree):
    return member("clerk", tree["搜登站村"])


@pytest.fixture
def reviewer(member, tree):
    return member("reviewer", tree["搜登站镇"])


@pytest.fixture
def submitted(client, clerk, tree, item) -> Disclosure:
    client.force_login(clerk)
    answer = client.post(reverse(VIEWSET.get_url_name("add")), form_data(tree["搜登站村"], item, **{"action-submit": "1"}))
    assert answer.status_code == 302, answer.context["form"].errors
    return Disclosure.objects.get()


def act(client, user, disclosure: Disclosure, action: str, **data):
    client.force_login(user)
    state = TaskState.objects.filter(workflow_state__object_id=disclosure.pk).latest("pk")
    return client.post(reverse(VIEWSET.get_url_name("workflow_action"), args=[disclosure.pk, action, state.pk]), {"comment": "", **data})


def test_approval_publishes_with_receipt_naming_both(client, submitted, clerk, reviewer):
    act(client, reviewer, submitted, "approve")
    submitted.refresh_from_db()
    assert submitted.live
    receipt = Receipt.objects.get()
    assert f"#{clerk.pk}" in receipt.actor
    assert f"#{reviewer.pk}" in receipt.approver


def test_a_returned_text_keeps_the_reviewer_s_words(client, submitted, reviewer):
    act(client, reviewer, submitted, "reject", comment="名单里有完整身份证号，请遮住中间几位再交。")
    submitted.refresh_from_db()
    assert not submitted.live
    assert submitted.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert TaskState.objects.latest("pk").comment == "名单里有完整身份证号，请遮住中间几位再交。"


def test_the_author_cannot_approve_the_own_text(client, submitted, clerk, member, tree):
    from openness.units.models import Membership

    Membership.objects.create(user=clerk, unit=tree["搜登站镇"], role="reviewer")
    answer = act(client, clerk, submitted, "approve")
    submitted.refresh_from_db()
    assert answer.status_code == 302
    assert not submitted.live


@pytest.mark.parametrize(
    ("role", "unit", "code"),
    [("reviewer", "大绥河镇", 404), ("clerk", "搜登站村", 302), ("supervisor", "船营区", 302), ("administrator", "龙潭区", 404)],
)
def test_others_cannot_approve(client, submitted, member, tree, role, unit, code):
    answer = act(client, member(role, tree[unit]), submitted, "approve")
    submitted.refresh_from_db()
    assert answer.status_code == code
    assert not submitted.live


def test_the_reviewer_s_desk_lists_what_waits(client, submitted, reviewer, member, tree):
    client.force_login(reviewer)
    assert submitted.title in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(member("reviewer", tree["大绥河镇"]))
    assert submitted.title not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_breaks_a_rule_is_not_submitted_and_not_lost(client, clerk, tree, item):
    client.force_login(clerk)
    data = form_data(tree["搜登站村"], item, notice_from="2026-01-06", notice_until="2026-01-10", **{"action-submit": "1"})
    page = client.post(reverse(VIEWSET.get_url_name("add")), data).content.decode()
    assert "村（居）务公布不得少于 15 天，现在只有 5 天。" in page
    assert escaped_json("本季度批准两户。") in page
    assert not Disclosure.objects.exists()


def escaped_json(words: str) -> str:
    """As the editor's state stands in the page: JSON in JSON."""
    return json.dumps(json.dumps(words)[1:-1])[1:-1].replace("\\\\", "\\\\")


def test_a_draft_may_be_incomplete(client, clerk, tree, item):
    client.force_login(clerk)
    client.post(reverse(VIEWSET.get_url_name("add")), form_data(tree["搜登站村"], item, **{"body-count": "0"}))
    assert Disclosure.objects.get().live is False


def test_a_script_in_the_body_loses_its_tags_not_its_words(client, submitted, reviewer):
    submitted.body = [("text", "<p>公开<script>alert(1)</script><a href='javascript:alert(2)' onclick='x()'>链接</a></p>")]
    submitted.save_revision(user=None).publish(user=reviewer)
    page = client.get(submitted.get_absolute_url()).content.decode()
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "javascript:" not in page
    assert "onclick" not in page
    assert "链接" in page
