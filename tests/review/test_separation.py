"""Who wrote does not sign or approve, who signed does not approve, whether by an own role or in another's name."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openness.disclosures.models import Receipt, Signature
from openness.disclosures.rules import PublishRefused
from openness.disclosures.services.separation import may_approve, may_sign
from openness.disclosures.services.signing import sign
from openness.units.models import Membership, Role
from openness.units.refusal import Refused
from openness.units.roles import forget_roles

from .conftest import act, fresh, send, stand_in, step

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def also(user, role: str, unit) -> None:
    Membership.objects.create(user=user, unit=unit, role=Role(role))
    forget_roles(user)


def test_the_author_neither_signs_nor_approves(client, rules, sent, clerk, signer, tree, village):
    also(clerk, "signer", village)
    also(clerk, "reviewer", tree["搜登站镇"])
    text = sent()
    assert may_sign(clerk, text) is None
    with pytest.raises(Refused, match="自己写的不能自己签字"):
        sign(text, clerk)
    act(client, signer, text, "sign")
    assert may_approve(clerk, fresh(text)) is None
    act(client, clerk, text, "approve")
    assert step(text) == "review"


def test_who_sent_it_in_does_not_sign_it_either(rules, written, member, village):
    sender = member("clerk", village)
    also(sender, "signer", village)
    text = written()
    text.get_workflow().start(text, sender)
    assert may_sign(sender, fresh(text)) is None


def test_who_signed_does_not_approve(client, rules, sent, signer, tree):
    also(signer, "reviewer", tree["搜登站镇"])
    text = sent()
    act(client, signer, text, "sign")
    page = act(client, signer, text, "approve").content.decode()
    assert "自己签的，要请别人来" in page
    assert not fresh(text).live
    with pytest.raises(PublishRefused, match="自己签的字不能自己审核"):
        fresh(text).get_latest_revision().publish(user=signer)


def test_who_wrote_down_a_paper_does_not_approve(client, rules, sent, tree, member, village):
    helper = member("clerk", village)
    also(helper, "reviewer", tree["搜登站镇"])
    text = sent()
    act(client, helper, text, "record", names="王某", signed_on=str(TODAY))
    assert step(text) == "review"
    act(client, helper, text, "approve")
    assert not fresh(text).live


@pytest.mark.parametrize("role", ["clerk", "supervisor", "administrator", "auditor", "reviewer"])
def test_no_other_role_signs(client, rules, sent, member, village, role):
    text = sent()
    person = member(role, village)
    act(client, person, text, "sign")
    assert not Signature.objects.exists()
    assert step(text) == "sign"


def test_a_superuser_has_no_committee(rules, sent, member):
    assert may_sign(member(is_superuser=True), sent()) is None


def test_a_stand_in_signs_and_approves_and_the_records_say_so(client, rules, sent, signer, reviewer, member, village, tree):
    second, third = member("signer", tree["半拉山村"], first_name="代签"), member("reviewer", tree["大绥河镇"], first_name="代审")
    stand_in(signer, second, "signer", village, TODAY, TODAY)
    stand_in(reviewer, third, "reviewer", tree["搜登站镇"], TODAY, TODAY)
    text = sent()
    act(client, second, text, "sign")
    signature = Signature.objects.get()
    assert (signature.names, signature.signer, signature.giver) == ("代签（代签某）", second.pk, signer.pk)
    act(client, third, text, "approve")
    assert Receipt.objects.get().approver == f"代审 #{third.pk}（代审某 #{reviewer.pk}）"


def test_nobody_approves_for_the_author_what_the_author_wrote(client, rules, written, member, tree, signer):
    """The township's reviewer wrote it herself and is away: her stand-in may not approve it in her name."""
    author, other = member("reviewer", tree["搜登站镇"]), member("reviewer", tree["大绥河镇"])
    also(author, "clerk", tree["搜登站镇"])
    stand_in(author, other, "reviewer", tree["搜登站镇"], TODAY, TODAY)
    text = send(written(author=author))
    act(client, signer, text, "sign")
    assert may_approve(other, fresh(text)) is None
    act(client, other, text, "approve")
    assert not fresh(text).live
    also(other, "reviewer", tree["搜登站镇"])
    assert may_approve(other, fresh(text)).giver is None


def test_a_stand_in_does_not_approve_the_own_text(client, rules, written, member, tree, signer, reviewer, village):
    author = member("clerk", village)
    stand_in(reviewer, author, "reviewer", tree["搜登站镇"], TODAY, TODAY)
    text = send(written(author=author))
    act(client, signer, text, "sign")
    assert may_approve(author, fresh(text)) is None


def test_signed_for_somebody_is_signed_by_both(client, rules, sent, signer, member, village, tree):
    """Whose name was signed with may not approve, and neither may who signed with it, nor a stand-in of one of them."""
    second, third = member("signer", tree["半拉山村"]), member("reviewer", tree["大绥河镇"])
    for person in (signer, second):
        also(person, "reviewer", tree["搜登站镇"])
    stand_in(signer, second, "signer", village, TODAY, TODAY)
    stand_in(second, third, "reviewer", tree["搜登站镇"], TODAY, TODAY)
    text = sent()
    Membership.objects.filter(user=second, role="signer").delete()
    act(client, second, text, "sign")
    assert Signature.objects.get().giver == signer.pk
    for person in (signer, second, third):
        forget_roles(person)
        assert may_approve(person, fresh(text)) is None


def test_a_corrected_text_is_signed_anew_and_the_old_receipt_keeps_its_signature(client, rules, sent, clerk, signer, reviewer):
    text = sent()
    act(client, signer, text, "sign")
    act(client, reviewer, text, "approve")
    first = Receipt.objects.get()
    now = fresh(text)
    now.body, now.change_note = [("text", "<p>更正了一笔。</p>")], "补一笔"
    now.save_revision(user=clerk)
    fresh(text).get_workflow().start(fresh(text), clerk)
    assert step(text) == "sign"
    act(client, signer, text, "sign")
    act(client, reviewer, text, "approve")
    hashes = list(Receipt.objects.order_by("seq").values_list("content_hash", flat=True))
    assert hashes[0] == first.content_hash
    assert list(Signature.objects.values_list("content_hash", flat=True)) == hashes
    assert client.get(fresh(text).get_absolute_url()).content.decode().count("由民主理财小组审核签字") == 3


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_the_address_of_one_s_own_text_does_not_open_another_s_step(client, item, sent, written, draft, reviewer, clerk, tree, action):
    """Wagtail's address names a text and a step; a step of another township's text behind the key of an own text opens nothing."""
    own = sent(item=item, title="自己镇的")
    other = draft(unit=tree["大绥河村"], item=item, author=clerk, title="别的镇的")
    send(other)
    client.force_login(reviewer)
    name = type(own).snippet_viewset.get_url_name("workflow_action")
    state = fresh(other).current_workflow_task_state
    client.post(reverse(name, args=[own.pk, action, state.pk]), {"comment": "退回"})
    assert (step(other), fresh(other).live, fresh(own).live) == ("review", False, False)


def test_for_others_the_text_does_not_exist(client, rules, sent, member, tree):
    text = sent()
    for role, unit in (("signer", "半拉山村"), ("reviewer", "大绥河镇"), ("auditor", "龙潭区"), ("clerk", "半拉山村")):
        client.force_login(member(role, tree[unit]))
        for name in ("review_text", "review_sheet"):
            assert client.get(reverse(name, args=[text.pk])).status_code == 404
        assert client.post(reverse("review_text", args=[text.pk]), {"act": "sign"}).status_code == 404
    assert step(text) == "sign"


def test_a_day_later_the_stand_in_is_nobody_again(client, rules, sent, signer, member, village, tree):
    second = member("signer", tree["半拉山村"])
    stand_in(signer, second, "signer", village, TODAY - timedelta(days=9), TODAY - timedelta(days=1))
    text = sent()
    client.force_login(second)
    assert client.get(reverse("review_text", args=[text.pk])).status_code == 404
