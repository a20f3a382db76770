"""What follows a notice waits for the answers to objections, unless a reviewer says why not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openness.disclosures.models import RuleOverride
from openness.disclosures.rules import PublishRefused
from openness.disclosures.services.override import letting_through
from openness.participation.models import Kind, State, Step
from openness.participation.services.figures import figures, open_objections
from openness.participation.services.handle import Act, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(published):
    today = timezone.localdate()
    return published(title="低保初审公示", period="2026-Q3", notice_from=today, notice_until=today + timedelta(days=20))


@pytest.fixture
def objection(notice, send):
    return send(Kind.OBJECTION, disclosure=notice, text="名单里少了一户")


def result(draft, **more):
    return draft(title="低保审批结果", **{"period": "2026-Q3", **more}).get_latest_revision()


def test_the_result_waits_and_says_for_what(objection, draft, people):
    revision = result(draft)
    with pytest.raises(PublishRefused, match="“低保初审公示”还有 1 条不同意见没有答复") as refused:
        revision.publish(user=people["reviewer"])
    assert [issue.rule for issue in refused.value.issues] == ["objections"]


def test_once_answered_it_goes_out(objection, draft, people):
    take(objection, Step.HIDE, people["clerk"], Act(note="说的是家事"))
    take(objection, Step.DRAFT, people["clerk"], Act(note="核对过了，那一户收入超过标准。"))
    with pytest.raises(PublishRefused):
        result(draft).publish(user=people["reviewer"])
    objection.refresh_from_db()
    take(objection, Step.APPROVE, people["reviewer"], Act())
    result(draft).publish(user=people["reviewer"])


def test_other_items_periods_places_and_the_notice_itself_are_free(objection, notice, draft, people, tree, member):
    result(draft, period="2026-Q2").publish(user=people["reviewer"])
    result(draft, unit=tree["半拉山村"]).publish(user=people["reviewer"])
    notice.change_note = "名单里少了一户，补上"
    notice.save_revision().publish(user=people["reviewer"])
    assert open_objections(notice.pk) == 1


def test_a_reviewer_lets_it_through_with_name_and_reason_and_the_figures_stay(objection, notice, draft, people):
    revision, today = result(draft), timezone.localdate()
    before = figures(None, [Kind.OBJECTION], today, today, today)
    with letting_through("意见说的是另一个村，已经转过去"):
        revision.publish(user=people["reviewer"])
    row = RuleOverride.objects.get()
    assert (row.rule, row.reviewer_reason) == ("objections", "意见说的是另一个村，已经转过去")
    assert people["reviewer"].get_username() in row.reviewer or f"#{people['reviewer'].pk}" in row.reviewer
    objection.refresh_from_db()
    assert (objection.state, open_objections(notice.pk)) == (State.RECEIVED, 1)
    assert figures(None, [Kind.OBJECTION], today, today, today) == before
