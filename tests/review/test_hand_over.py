"""Who leaves hands over: all or nothing, exactly what was shown; published texts keep their author; a second hand-over gives it back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openness.disclosures.models import Disclosure, Receipt
from openness.units.models import Delegation, HandOver, Membership, Role
from openness.units.refusal import Refused
from openness.units.services import hand_over as service
from openness.units.services.hand_over import give_back, hand_over, summarize

from .conftest import act, change, edit, fresh, send, stand_in, step

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def taker(member, tree):
    return member("clerk", tree["搜登站镇"], first_name="接某")


def roles(user) -> set[tuple[str, str]]:
    return set(Membership.objects.filter(user=user).values_list("unit__short_name", "role"))


def test_everything_open_moves_and_what_is_public_stays(client, rules, item, written, sent, clerk, signer, reviewer, taker, admin):
    public = sent(item=item)
    act(client, reviewer, public, "approve")
    draft, waiting, returned = written(title="草稿"), sent(title="等签字"), sent(title="退回的")
    act(client, signer, returned, "return", comment="改一下")
    summary = summarize(clerk, taker)
    row = hand_over(admin, clerk, taker, "换届", summary.seen)
    assert {Disclosure.objects.get(pk=text.pk).author for text in (draft, waiting, returned)} == {taker}
    assert fresh(public).author == clerk
    assert f"#{clerk.pk}" in Receipt.objects.get().actor
    assert fresh(returned).current_workflow_state.requested_by == taker
    assert roles(taker) == {("搜登站村", "clerk"), ("搜登站镇", "clerk")}
    assert roles(clerk) == set()
    clerk.refresh_from_db()
    assert not clerk.is_active
    assert (row.reason, row.unit.short_name, row.taker) == ("换届", "船营区", taker)


def test_the_summary_equals_what_happens(rules, written, sent, clerk, taker, admin, tree, member):
    written(), sent()
    stand_in(clerk, member("clerk", tree["半拉山村"]), "clerk", tree["搜登站村"], TODAY, TODAY + timedelta(days=9))
    summary = summarize(clerk, taker)
    moved = hand_over(admin, clerk, taker).moved
    assert [(row.unit_id, row.role) for row in summary.memberships] == [(unit, role) for unit, role, _had in moved["memberships"]]
    assert {name: [key for key, _words in rows] for name, rows in summary.parts.items()} == moved["parts"]
    assert (
        [row.pk for row in summary.delegations]
        == moved["delegations"]
        == list(Delegation.objects.exclude(ended_at=None).values_list("pk", flat=True))
    )


def test_all_or_nothing(rules, written, clerk, taker, admin, monkeypatch):
    text = written()

    class Breaks:
        name, words = "breaks", "坏的"

        def found(self, leaver):
            return [(1, "一件")]

        def move(self, keys, leaver, taker):
            raise RuntimeError

    monkeypatch.setattr(service, "PARTS", [*service.PARTS, Breaks()])
    with pytest.raises(RuntimeError):
        hand_over(admin, clerk, taker)
    assert roles(clerk) == {("搜登站村", "clerk")}
    assert fresh(text).author == clerk
    assert not HandOver.objects.exists()


def test_what_changed_since_it_was_shown_is_shown_again(rules, written, clerk, taker, admin):
    seen = summarize(clerk, taker).seen
    written()
    with pytest.raises(Refused, match="请再看一遍"):
        hand_over(admin, clerk, taker, "", seen)
    assert roles(clerk)


def test_the_new_one_sends_in_and_cannot_approve(client, rules, written, clerk, taker, admin, signer, tree):
    text = written()
    Membership.objects.create(user=taker, unit=tree["搜登站镇"], role=Role.REVIEWER)
    hand_over(admin, clerk, taker)
    change(text, "接着写。", taker)
    send(fresh(text))
    act(client, signer, text, "sign")
    act(client, taker, text, "approve")
    assert (step(text), fresh(text).live) == ("review", False)


def test_the_publication_names_who_took_over(client, item, written, clerk, taker, admin, reviewer):
    text = written(item=item)
    hand_over(admin, clerk, taker)
    send(fresh(text))
    act(client, reviewer, text, "approve")
    assert Receipt.objects.get().actor == f"接某 #{taker.pk}"
    assert fresh(text).author == taker


def test_a_signer_who_takes_over_a_text_has_not_signed_it(client, rules, sent, clerk, signer, reviewer, admin):
    text = sent()
    act(client, signer, text, "sign")
    hand_over(admin, clerk, signer)
    act(client, reviewer, text, "approve")
    assert (step(text), fresh(text).live) == ("sign", False)


def test_a_second_one_gives_it_back(rules, written, sent, clerk, taker, admin):
    draft, waiting = written(), sent()
    first = hand_over(admin, clerk, taker)
    give_back(admin, first)
    clerk.refresh_from_db()
    assert clerk.is_active
    assert (roles(clerk), roles(taker)) == ({("搜登站村", "clerk")}, {("搜登站镇", "clerk")})
    assert {fresh(draft).author, fresh(waiting).author, fresh(waiting).current_workflow_state.requested_by} == {clerk}
    with pytest.raises(Refused, match="已经交回过了"):
        give_back(admin, first)


def test_what_the_taker_had_before_stays_with_the_taker(clerk, taker, admin, village):
    Membership.objects.create(user=taker, unit=village, role=Role.CLERK)
    first = hand_over(admin, clerk, taker)
    assert roles(taker) == {("搜登站村", "clerk"), ("搜登站镇", "clerk")}
    give_back(admin, first)
    assert ("搜登站村", "clerk") in roles(taker)
    assert roles(clerk) == {("搜登站村", "clerk")}


def test_it_is_for_administrators_of_all_that_the_person_does(clerk, taker, admin, member, tree):
    for by in (member("administrator", tree["龙潭区"]), clerk, taker):
        with pytest.raises(Refused):
            hand_over(by, clerk, taker)
    Membership.objects.create(user=clerk, unit=tree["弓通村"], role=Role.CLERK)
    with pytest.raises(Refused, match="不归您管"):
        hand_over(admin, clerk, taker)


def test_nobody_hands_over_to_oneself_or_to_a_closed_account(clerk, admin, member, tree):
    for taker in (clerk, member("clerk", tree["半拉山村"], is_active=False), admin):
        with pytest.raises(Refused):
            hand_over(admin, clerk, taker)
    with pytest.raises(Refused, match="没有分工"):
        hand_over(admin, member(), clerk)


def test_the_page_shows_it_before_it_happens(client, written, clerk, taker, admin):
    written(title="没写完的账")
    client.force_login(admin)
    address = reverse("hand_over")
    page = client.get(address, {"leaver": clerk.pk, "taker": taker.pk, "reason": "换届"})
    words = page.content.decode()
    for one in ("经某交给接某", "搜登站村 · 经办人", "搜登站村：没写完的账", "帐号马上关掉"):
        assert one in words
    assert not HandOver.objects.exists()
    done = client.post(
        address, {"leaver": clerk.pk, "taker": taker.pk, "reason": "换届", "seen": page.context["summary"].seen}, follow=True
    )
    assert "帐号已经关了" in done.content.decode()
    assert "没有自己的经办人的单位" in done.content.decode()
    back = client.post(reverse("hand_over_back", args=[HandOver.objects.get().pk]), follow=True).content.decode()
    assert "交回去了" in back


def test_units_left_without_a_clerk_are_shown(client, clerk, admin, member, tree):
    client.force_login(admin)
    before = client.get(reverse("hand_over")).context
    assert tree["搜登站村"] not in before["without"]
    other = member("reviewer", tree["搜登站镇"])
    Membership.objects.filter(user=clerk).update(role=Role.SIGNER)
    after = client.get(reverse("hand_over")).context
    assert tree["搜登站村"] in after["without"]
    assert after["without_number"] == before["without_number"] + 1
    assert other.is_active


def test_others_do_not_see_the_page(client, clerk, reviewer, member, tree):
    for person in (clerk, reviewer, member("supervisor", tree["船营区"])):
        client.force_login(person)
        assert client.get(reverse("hand_over")).status_code in (302, 403)
    client.force_login(member("auditor", tree["船营区"]))
    page = client.get(reverse("hand_over"))
    assert page.status_code == 200
    assert "办交接" not in page.content.decode()


def test_a_locked_text_opens_for_who_takes_over(client, written, clerk, taker, admin):
    text = written()
    Disclosure.objects.filter(pk=text.pk).update(locked=True, locked_by=clerk, locked_at=timezone.now())
    hand_over(admin, clerk, taker)
    edit(client, taker, fresh(text))
    assert not fresh(text).locked
