"""A village whose finance is signed by its group, and the people on the way of a text."""

from datetime import date

import pytest
from django.urls import reverse

from openness.disclosures.models import Body, Disclosure
from openness.disclosures.services.signing_rules import NewRule, add_rule
from openness.units.models import Delegation
from tests.conftest import make_item
from tests.disclosures.test_admin_access import VIEWSET, form_data

SINCE = date(2026, 1, 1)


@pytest.fixture
def admin(member, tree):
    return member("administrator", tree["船营区"], first_name="管某")


@pytest.fixture
def finance(db):
    return make_item(name="村级财务收支", field="村级财务")


@pytest.fixture
def rules(tree, admin, finance, item):
    """Finance of villages: the group or the committee; everything else of them: nobody."""
    new = NewRule("village", Body.FINANCE, "农经发〔2011〕13号", SINCE, field="村级财务", other_body=Body.SUPERVISION)
    return [add_rule(tree["船营区"], admin, new)]


@pytest.fixture
def clerk(member, village):
    return member("clerk", village, first_name="经某")


@pytest.fixture
def signer(member, village):
    return member("signer", village, first_name="签某")


@pytest.fixture
def reviewer(member, tree):
    return member("reviewer", tree["搜登站镇"], first_name="审某")


@pytest.fixture
def written(clerk, draft, finance):
    """A draft of the village's accounts by its clerk, not sent in."""

    def make(**columns) -> Disclosure:
        return draft(
            author=columns.pop("author", clerk), **{"title": "2026年第三季度财务收支", **columns, "item": columns.get("item", finance)}
        )

    return make


@pytest.fixture
def draft(village, item):
    def make(unit=None, author=None, item=item, **columns) -> Disclosure:
        body = [("text", "<p>本季度收入三百元。</p>")]
        values = {"title": "第三季度财务收支", "formed_on": date(2026, 1, 5), "body": body, **columns}
        made = Disclosure(unit=unit or village, item=item, live=False, author=author, **values)
        made.save()
        made.save_revision(user=author)
        return made

    return make


@pytest.fixture
def sent(written):
    """The same, sent in by its clerk."""

    def make(**columns) -> Disclosure:
        return send(written(**columns))

    return make


def send(text: Disclosure) -> Disclosure:
    text.get_workflow().start(text, text.author)
    return fresh(text)


def fresh(text: Disclosure) -> Disclosure:
    return Disclosure.objects.get(pk=text.pk)


def step(text: Disclosure) -> str:
    """The step at which a text stands: sign, review, returned, or nothing."""
    state = fresh(text).current_workflow_state
    if state is None:
        return ""
    names = {"SignTask": "sign", "UnitReviewTask": "review"}
    return "returned" if state.status == "needs_changes" else names[type(state.current_task_state.task.specific).__name__]


def change(text: Disclosure, words: str, user=None) -> None:
    now = fresh(text).get_latest_revision_as_object()
    now.body = [("text", f"<p>{words}</p>")]
    now.save_revision(user=user)


def seen_on(client, user, text: Disclosure) -> str:
    """What the page of a text shows to somebody."""
    client.force_login(user)
    answer = client.get(reverse("review_text", args=[text.pk]))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def act(client, user, text: Disclosure, what: str, **data):
    """Press a button on the page of a text, having read what stands there now."""
    client.force_login(user)
    address = reverse("review_text", args=[text.pk])
    page = client.get(address)
    if page.status_code != 200:
        return client.post(address, {"act": what, **data})
    return client.post(address, {"act": what, "seen": page.context["seen"], **data}, follow=True)


def edit(client, user, text: Disclosure, **changes):
    """Save the text through the editor."""
    client.force_login(user)
    data = form_data(text.unit, text.item, title=text.title, **changes)
    return client.post(reverse(VIEWSET.get_url_name("edit"), args=[text.pk]), data, follow=True)


def stand_in(giver, taker, role: str, unit, since: date, until: date) -> Delegation:
    from django.utils import timezone

    return Delegation.objects.create(
        giver=giver, taker=taker, role=role, unit=unit, since=since, until=until, reason="出差", made_by="x", made_at=timezone.now()
    )
