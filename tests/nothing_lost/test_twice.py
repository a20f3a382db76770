"""A button pressed twice: the second posting changes nothing and is answered in words."""

import pytest
from django.urls import reverse
from django.utils import timezone

from openness.disclosures.models import Receipt, Signature
from openness.supervision.models import NilDeclaration
from openness.units.models import HandOver
from openness.units.services.hand_over import summarize
from tests.review.conftest import act, admin, clerk, draft, finance, fresh, reviewer, rules, sent, signer, step, written  # noqa: F401
from tests.supervision.blanks import blank

pytestmark = pytest.mark.django_db


def twice(client, user, url: str, data: dict):
    client.force_login(user)
    return client.post(url, data, follow=True), client.post(url, data, follow=True)


def press(client, user, text, what: str, **data):
    client.force_login(user)
    address = reverse("review_text", args=[text.pk])
    seen = client.get(address).context["seen"]
    return twice(client, user, address, {"act": what, "seen": seen, **data})


def words(answer) -> str:
    return answer.content.decode()


def test_signing(client, rules, sent, signer):  # noqa: F811
    _first, second = press(client, signer, text := sent(), "sign")
    assert Signature.objects.filter(disclosure=text).count() == 1
    assert "已经不在这一步了" in words(second)


def test_approving(client, sent, item, reviewer):  # noqa: F811
    text = sent(item=item)
    assert step(text) == "review"
    first, second = press(client, reviewer, text, "approve")
    assert "已公开" in words(first)
    assert "已经不在这一步了" in words(second)
    assert Receipt.objects.filter(disclosure=text).count() == 1


def test_returning(client, sent, item, reviewer):  # noqa: F811
    text = sent(item=item)
    _first, second = press(client, reviewer, text, "return", comment="请补日期")
    assert step(text) == "returned"
    assert second.status_code == 200
    assert fresh(text).workflow_states.get().task_states.filter(status="rejected").count() == 1


def test_nothing_this_period(client, clerk, village):  # noqa: F811
    cell = blank(village, timezone.localdate())
    _first, second = twice(client, clerk, reverse("todo_nil", args=[cell.pk]), {"reason": "这一期没有发生"})
    assert NilDeclaration.objects.count() == 1
    assert "已经报过" in words(second)


def test_handing_over(client, admin, clerk, member, village):  # noqa: F811
    taker = member("clerk", village)
    data = {"leaver": clerk.pk, "taker": taker.pk, "reason": "换届", "seen": summarize(clerk, taker).seen}
    _first, second = twice(client, admin, reverse("hand_over"), data)
    assert HandOver.objects.count() == 1
    assert second.status_code == 200
