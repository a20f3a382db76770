"""A button pressed twice: the second posting changes nothing and is answered in words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openness.disclosures.models import Receipt, Signature
from openness.disclosures.periods import parse_period
from openness.supervision.models import NilDeclaration, Notice, Rectification, RectificationEvent, Urging
from openness.supervision.services.notice import draft_notice
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


@pytest.fixture
def supervisor(member, tree):
    return member("supervisor", tree["船营区"])


@pytest.fixture
def late(village):
    return blank(village, timezone.localdate() - timedelta(days=10))


def test_urging(client, supervisor, late):
    first, second = twice(client, supervisor, reverse("supervision_urge"), {"id": late.pk})
    assert Urging.objects.count() == 1
    assert "已催办 1 项。" in words(first)
    assert "一项 24 小时内只能催一次。" in words(second)


def ordering(client, supervisor, village, origin="", **changes):
    day = (timezone.localdate() + timedelta(days=14)).isoformat()
    data = {"unit": village.code, "title": "账目没有公开", "words": "请公开。", "due_on": day, **changes}
    return twice(client, supervisor, reverse("supervision_new_order") + origin, data)


@pytest.mark.parametrize("of_a_cell", [True, False], ids=["of a cell", "free"])
def test_ordering(client, supervisor, village, late, of_a_cell):
    first, second = ordering(client, supervisor, village, f"?cell={late.pk}" if of_a_cell else "")
    order = Rectification.objects.get()
    assert RectificationEvent.objects.count() == 1
    assert "整改已经下达" in words(first)
    assert "一样的整改已经下达了，没有再下一次。" in words(second)
    assert second.redirect_chain[-1][0] == reverse("supervision_order", args=[order.pk])


def test_an_order_of_other_words_or_after_an_answer_is_a_new_one(client, supervisor, village):
    ordering(client, supervisor, village)
    ordering(client, supervisor, village, words="请把第三季度的补上。")
    Rectification.objects.update(state="answered")
    ordering(client, supervisor, village)
    assert Rectification.objects.count() == 3


def test_an_order_that_is_refused_keeps_its_words(client, supervisor, village):
    _first, second = ordering(client, supervisor, village, due_on="2020-01-01")
    assert "办完的日子不能早于今天。" in words(second)
    assert "账目没有公开" in words(second)


def test_issuing_a_notice(client, supervisor, tree):
    notice = draft_notice(tree["船营区"], parse_period("2026-Q3"), supervisor)
    first, second = twice(client, supervisor, reverse("supervision_notice_act", args=[notice.pk]), {"issue": "1"})
    issued = Notice.objects.get()
    assert "已印发" in words(first)
    assert "已经印发，不能再改。" in words(second)
    assert second.context["notice"].issued_at == issued.issued_at
