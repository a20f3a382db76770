"""Together or not at all: the last approval publishes all in one transaction, a refusal names its text and publishes none."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openness.channels.models import Bundle, BundleText
from openness.channels.services.bundles import bundle_up, take_apart
from openness.disclosures.models import Disclosure, Receipt, RuleOverride
from openness.disclosures.rules import PublishRefused
from openness.units.models import Membership
from openness.units.refusal import Refused
from tests.review.conftest import act, change, fresh, seen_on, send, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(member, village):
    return member("clerk", village, first_name="经某")


@pytest.fixture
def reviewer(member, tree):
    return member("reviewer", tree["搜登站镇"], first_name="审某")


@pytest.fixture
def pair(draft, clerk):
    """A policy and what explains it, on the way, to be public together."""

    def make(sent: bool = True, second: dict | None = None) -> tuple[Bundle, Disclosure, Disclosure]:
        policy = draft(author=clerk, title="补贴办法")
        reading = draft(author=clerk, title="补贴办法的解读", **(second or {}))
        bundle = bundle_up([policy, reading], clerk)
        if sent:
            send(policy), send(reading)
        return bundle, policy, reading

    return make


def live() -> set[str]:
    return set(Disclosure.objects.filter(live=True).values_list("title", flat=True))


def test_the_last_approval_publishes_all(client, pair, reviewer, member, tree):
    bundle, policy, reading = pair()
    answer = act(client, reviewer, policy, "approve").content.decode()
    assert "审核好了。这一条定了和“补贴办法的解读”一起公开，还有 1 条没有审完。" in answer
    assert live() == set()
    assert not Receipt.objects.exists()
    assert step(policy) == ""
    second = member("reviewer", tree["船营区"], first_name="县某")
    answer = act(client, second, reading, "approve").content.decode()
    assert "已公开：补贴办法的解读" in answer
    assert live() == {"补贴办法", "补贴办法的解读"}
    assert Receipt.objects.count() == 2
    assert Receipt.objects.get(disclosure=policy).approver.startswith("审某")
    assert Receipt.objects.get(disclosure=reading).approver.startswith("县某")
    assert Bundle.objects.get().released_at
    words = page(client, reviewer, bundle)
    assert "一起公开了" in words


def page(client, user, bundle) -> str:
    client.force_login(user)
    return client.get(reverse("bundle", args=[bundle.pk])).content.decode()


PHONE = [("text", "<p>联系人电话 13912345678，身份证 11010519491231002X。</p>")]


def test_a_refusal_of_the_last_publishes_none_and_undoes_its_approval(client, pair, reviewer):
    _bundle, policy, reading = pair(second={"body": PHONE})
    act(client, reviewer, policy, "approve")
    act(client, reviewer, reading, "approve")
    assert live() == set()
    assert step(reading) == "review"
    assert not Receipt.objects.exists()


def test_a_refusal_of_an_earlier_one_names_it(client, pair, reviewer, clerk, tree):
    """Between its approval and the last one the rules became stricter: here its unit got another committee's signature to wait for."""
    from datetime import date

    from openness.disclosures.models import Body
    from openness.disclosures.services.signing_rules import NewRule, add_rule

    _bundle, policy, reading = pair()
    act(client, reviewer, policy, "approve")
    county = tree["船营区"]
    admin = type(clerk).objects.create_user("admin", password="x")
    Membership.objects.create(user=admin, unit=county, role="administrator")
    add_rule(county, admin, NewRule("village", Body.SUPERVISION, "组织法", date(2026, 1, 1)))
    from openness.disclosures.services.signing import Paper, record_paper

    record_paper(fresh(reading), clerk, Paper("王某", date(2026, 6, 1)))
    answer = act(client, reviewer, reading, "approve").content.decode()
    assert "“补贴办法”：还没有监督委员会签字" in answer
    assert live() == set()
    assert step(reading) == "review"
    assert BundleText.objects.get(disclosure=reading).revision is None


def test_what_was_let_through_in_one_is_written_with_its_own_approval(client, pair, reviewer):
    _bundle, policy, reading = pair(second={"body": PHONE})
    reason = "本人同意公开，经核实"
    act(client, reviewer, reading, "approve", must_say="on", let_through=reason, comment="")
    assert RuleOverride.objects.filter(disclosure=reading.pk).exists()
    assert live() == set()
    act(client, reviewer, policy, "approve")
    assert live() == {"补贴办法", "补贴办法的解读"}
    assert not RuleOverride.objects.filter(disclosure=policy.pk).exists()


def test_a_text_changed_after_its_approval_is_reviewed_again(client, pair, reviewer):
    bundle, policy, reading = pair()
    act(client, reviewer, policy, "approve")
    change(policy, "改过的话。")
    act(client, reviewer, reading, "approve")
    assert live() == set()
    assert "审核以后文字改过，要重新交审" in page(client, reviewer, bundle)
    send(fresh(policy))
    act(client, reviewer, policy, "approve")
    assert live() == {"补贴办法", "补贴办法的解读"}


def test_no_other_way_publishes_one_alone(pair, member, tree):
    _bundle, policy, _reading = pair(sent=False)
    for user in (member("reviewer", tree["搜登站镇"]), member(is_superuser=True)):
        with pytest.raises(PublishRefused, match="一起公开"):
            policy.get_latest_revision().publish(user=user)
    assert live() == set()


def test_taken_apart_with_a_reason_each_goes_its_own_way(client, pair, reviewer, clerk):
    bundle, policy, reading = pair()
    act(client, reviewer, policy, "approve")
    client.force_login(clerk)
    address = reverse("bundle", args=[bundle.pk])
    assert "为什么拆开" in client.post(address, {"reason": " "}, follow=True).content.decode()
    assert "拆开了" in client.post(address, {"reason": "解读还没写好"}, follow=True).content.decode()
    assert live() == set()
    act(client, reviewer, reading, "approve")
    assert live() == {"补贴办法的解读"}
    send(fresh(policy))
    act(client, reviewer, policy, "approve")
    assert live() == {"补贴办法", "补贴办法的解读"}
    with pytest.raises(Refused, match="已经公开或者拆开"):
        take_apart(Bundle.objects.get(), clerk, "再拆")


def test_the_page_of_a_text_says_so(client, pair, reviewer):
    _bundle, policy, _reading = pair()
    assert "这一条定了和“补贴办法的解读”一起公开" in seen_on(client, reviewer, policy)


def test_a_deleted_member_does_not_hold_the_others(client, pair, reviewer):
    _bundle, policy, reading = pair(sent=False)
    reading.delete()
    act(client, reviewer, send(policy), "approve")
    assert live() == {"补贴办法"}


# Making one


def test_ticked_on_the_page(client, draft, clerk, village):
    one, other = draft(author=clerk, title="办法"), draft(author=clerk, title="解读")
    client.force_login(clerk)
    words = client.get(reverse("bundles")).content.decode()
    assert "办法" in words
    answer = client.post(reverse("bundles"), {"text": [one.pk, other.pk]}, follow=True).content.decode()
    assert "定好了" in answer
    assert Bundle.objects.get().texts.count() == 2
    assert "已经和别的定为一起公开：办法" in client.post(
        reverse("bundles"), {"text": [one.pk, draft(author=clerk).pk]}, follow=True
    ).content.decode()  # fmt: skip


def test_what_cannot_be_bundled(draft, published, clerk, tree):
    one = draft(author=clerk)
    for texts, sentence in (
        ([one], "两条以上"),
        ([one, one], "两条以上"),
        ([one, draft(unit=tree["半拉山村"])], "同一个单位"),
        ([one, published(title="公开了的")], "已经公开了，不能再定：公开了的"),
    ):
        with pytest.raises(Refused, match=sentence):
            bundle_up(texts, clerk)
    assert not Bundle.objects.exists()


def test_only_of_the_own_place(client, draft, pair, member, tree, clerk):
    bundle, _policy, _reading = pair(sent=False)
    theirs = [draft(author=clerk, title="丙"), draft(author=clerk, title="丁")]
    for role, unit in (("clerk", "半拉山村"), ("reviewer", "大绥河镇")):
        client.force_login(member(role, tree[unit]))
        assert client.get(reverse("bundle", args=[bundle.pk])).status_code == 404
        assert "丙" not in client.get(reverse("bundles")).content.decode()
        answer = client.post(reverse("bundles"), {"text": [one.pk for one in theirs]}, follow=True)
        assert "两条以上" in answer.content.decode()
    supervisor = member("supervisor", tree["船营区"])
    client.force_login(supervisor)
    assert "拆开，各自公开" not in client.get(reverse("bundle", args=[bundle.pk])).content.decode()
    assert "不归您定" in client.post(reverse("bundle", args=[bundle.pk]), {"reason": "x"}, follow=True).content.decode()
    assert Bundle.objects.count() == 1
    assert Bundle.objects.open().count() == 1


def test_the_list_costs_the_same(client, draft, clerk):
    def more(number: int) -> None:
        for n in range(number):
            bundle_up([draft(author=clerk, title=f"甲{n}"), draft(author=clerk, title=f"乙{n}")], clerk)

    def queries() -> int:
        client.force_login(clerk)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("bundles")).status_code == 200
        return len(caught)

    more(2)
    queries()
    few = queries()
    more(12)
    assert queries() == few
