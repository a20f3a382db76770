"""待我审核 and 待我签字: the oldest first, only one's own, the same queries for ten and for five hundred; what the clerk sees of it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from openness.disclosures.models import Disclosure, SignTask, UnitReviewTask
from openness.disclosures.services.waiting import REVIEW, SIGN, waiting_for
from openness.units.models import Membership, Role

from .conftest import act, stand_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def page_of(client, user, name="review_review", **query) -> str:
    client.force_login(user)
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return answer.content.decode()


def waited(text, days: int) -> None:
    TaskState.objects.for_instance(text).filter(status="in_progress").update(started_at=timezone.now() - timedelta(days=days))


def test_each_sees_what_waits_for_the_own_step(client, rules, item, sent, signer, reviewer, member, tree):
    account, other = sent(title="账目"), sent(title="批地", item=item)
    assert account.title in page_of(client, signer, "review_sign")
    assert other.title not in page_of(client, signer, "review_sign")
    assert other.title in page_of(client, reviewer)
    assert account.title not in page_of(client, reviewer)
    for role, unit, name in (("reviewer", "大绥河镇", "review_review"), ("signer", "半拉山村", "review_sign")):
        words = page_of(client, member(role, tree[unit]), name)
        assert account.title not in words
        assert other.title not in words


def test_the_oldest_first_with_the_working_days(client, item, sent, reviewer):
    new, old = sent(title="新的", item=item), sent(title="旧的", item=item)
    waited(old, 14)
    words = page_of(client, reviewer)
    assert words.index("旧的") < words.index("新的")
    assert re.search(r"等了 \d+ 个工作日", words)
    assert "今天交的" in words
    assert "rv-late" in words
    assert new.pk != old.pk


def test_the_own_text_waits_for_somebody_else(client, item, written, member, tree):
    author = member("clerk", tree["搜登站村"])
    Membership.objects.create(user=author, unit=tree["搜登站镇"], role=Role.REVIEWER)
    text = written(author=author, item=item, title="自己写的")
    text.get_workflow().start(text, author)
    assert "自己写的" not in page_of(client, author)
    assert "自己写的" in page_of(client, member("reviewer", tree["搜登站镇"]))


def test_the_list_is_cut_by_place(client, item, sent, draft, tree, member, clerk):
    mine = sent(item=item, title="搜登站的")
    other = draft(unit=tree["大绥河村"], author=clerk, title="大绥河的")
    other.get_workflow().start(other, clerk)
    watcher = member("reviewer", tree["船营区"])
    both = page_of(client, watcher)
    assert mine.title in both
    assert other.title in both
    one = page_of(client, watcher, place=tree["搜登站镇"].code)
    assert mine.title in one
    assert other.title not in one


def test_it_is_the_first_screen_and_the_number_stands_in_the_menu(client, rules, item, sent, signer, reviewer):
    sent(), sent(item=item, title="批地"), sent(item=item, title="批地二")
    for user, title, number in ((signer, "待我签字", 1), (reviewer, "待我审核", 2)):
        client.force_login(user)
        words = client.get("/admin/").content.decode()
        assert f"<title>{title}" in re.sub(r"<title>\s+", "<title>", words)
        assert f"{title}（{number}）" in words.encode().decode("unicode_escape", "ignore") or f"{title}（{number}）" in words


def test_who_stands_in_has_the_list_too(client, item, sent, reviewer, member, tree):
    text = sent(item=item, title="批地")
    other = member("clerk", tree["大绥河村"])
    stand_in(reviewer, other, "reviewer", tree["搜登站镇"], TODAY, TODAY)
    assert text.title in page_of(client, other)


def many(number: int, unit, item, clerk, tree) -> None:
    """So many texts of a unit that wait for the review."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Revision, Workflow

    kind = ContentType.objects.get_for_model(Disclosure)
    workflow, task = Workflow.objects.get(name="乡镇（街道）审核"), UnitReviewTask.objects.get()
    texts = Disclosure.objects.bulk_create(
        Disclosure(unit=unit, town=tree["搜登站镇"], county=tree["船营区"], item=item, title=f"第{n}篇", live=False, author=clerk)
        for n in range(number)
    )
    now = timezone.now()
    revisions = Revision.objects.bulk_create(
        Revision(content_type=kind, base_content_type=kind, object_id=str(one.pk), created_at=now, content={}) for one in texts
    )
    states = WorkflowState.objects.bulk_create(
        WorkflowState(content_type=kind, base_content_type=kind, object_id=str(one.pk), workflow=workflow, requested_by=clerk)
        for one in texts
    )
    steps = TaskState.objects.bulk_create(
        TaskState(workflow_state=state, revision=revision, task=task.task_ptr, started_at=now)
        for state, revision in zip(states, revisions, strict=True)
    )
    for state, one in zip(states, steps, strict=True):
        state.current_task_state = one
    WorkflowState.objects.bulk_update(states, ["current_task_state"])


@pytest.mark.parametrize("address", ["/admin/waiting/review/", "/admin/"])
@pytest.mark.parametrize("mixed", [False, True])
def test_ten_and_five_hundred_cost_the_same(client, item, clerk, reviewer, village, tree, address, mixed):
    if mixed:  # who also writes gets the front page with the panels
        Membership.objects.create(user=reviewer, unit=tree["大绥河镇"], role=Role.CLERK)
    client.force_login(reviewer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert "第1篇" in client.get(address).content.decode()
        return len(caught)

    many(10, village, item, clerk, tree)
    queries()
    few = queries()
    many(490, village, item, clerk, tree)
    assert waiting_for(reviewer, REVIEW).count() == 500
    assert queries() == few


def test_the_clerk_sees_where_it_stands(client, rules, village, clerk, signer, reviewer, finance, sent):
    text = sent(title="三季度账")
    client.force_login(clerk)
    words = client.get(reverse("todo")).content.decode()
    assert "等民主理财小组或者村务监督委员会签字" in words
    assert "一般 2 个工作日内办" in words
    assert reverse("review_text", args=[text.pk]) in words
    act(client, signer, text, "sign")
    client.force_login(clerk)
    assert "等镇里审" in client.get(reverse("todo")).content.decode()
    act(client, reviewer, text, "return", comment="标题写全。")
    client.force_login(clerk)
    words = client.get(reverse("todo")).content.decode()
    assert "审核人 审某退回" in words
    assert "标题写全。" in words
    form = client.get(reverse("wagtailsnippets_disclosures_disclosure:edit", args=[text.pk])).content.decode()
    assert "审核人 审某退回" in form
    assert "标题写全。" in form


def test_sending_back_without_a_word_is_refused_everywhere(client, item, sent, reviewer):
    text = sent(item=item)
    state = text.current_workflow_task_state
    client.force_login(reviewer)
    name = Disclosure.snippet_viewset.get_url_name
    page = client.post(reverse(name("workflow_action"), args=[text.pk, "reject", state.pk]), {"comment": ""}, follow=True).content.decode()
    assert "退回要写一句话" in page
    assert WorkflowState.objects.get().status == "in_progress"


def test_wagtail_s_own_list_of_steps_agrees(rules, item, sent, signer, reviewer):
    sent(), sent(item=item, title="批地")
    assert SignTask.objects.get().get_task_states_user_can_moderate(signer).count() == 1
    assert UnitReviewTask.objects.get().get_task_states_user_can_moderate(reviewer).count() == 1
    assert waiting_for(signer, SIGN).count() == waiting_for(reviewer, REVIEW).count() == 1
    assert TaskState.objects.reviewable_by(signer).count() == 1
