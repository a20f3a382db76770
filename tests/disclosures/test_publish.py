from datetime import date, timedelta

import pytest
from django.utils import timezone

from openness.disclosures.models import Disclosure, Receipt, Verb
from openness.disclosures.rules import PublishRefused
from openness.disclosures.services.receipts import broken_receipts
from openness.disclosures.services.take_down import take_down_ended_notices, withdraw
from search.models import Entry

pytestmark = pytest.mark.django_db


def test_publishing_writes_receipt_state_and_outbox_together(published):
    disclosure = published()
    receipt = Receipt.objects.get()
    assert disclosure.live
    assert receipt.verb == Verb.PUBLISH
    assert receipt.disclosure == disclosure
    assert receipt.revision == disclosure.live_revision_id
    assert Entry.objects.get(kind="disclosure", key=str(disclosure.pk)).pending
    assert disclosure.index_number == f"220204101201/{timezone.localdate().year}-00001"


def test_a_failure_on_the_way_leaves_nothing_behind(draft, member, monkeypatch):
    disclosure = draft()
    monkeypatch.setattr("openness.disclosures.services.publish.touch", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        disclosure.get_latest_revision().publish(user=member("reviewer", disclosure.unit))
    disclosure.refresh_from_db()
    assert not disclosure.live
    assert disclosure.first_published_at is None
    assert not Receipt.objects.exists()
    assert not Entry.objects.exists()


def test_a_correction_needs_a_note_and_shows_it(published, member):
    disclosure = published()
    disclosure.title = "2026年第三季度宅基地审批情况（更正）"
    revision = disclosure.save_revision()
    with pytest.raises(PublishRefused, match="写明这次改了什么"):
        revision.publish(user=member("reviewer", disclosure.unit))
    disclosure.change_note = "户数由 2 户改为 3 户，录入有误"
    disclosure.save_revision().publish(user=member("reviewer", disclosure.unit))
    correction = Receipt.objects.latest("seq")
    assert correction.verb == Verb.CORRECT
    assert correction.note == "户数由 2 户改为 3 户，录入有误"
    assert Disclosure.objects.get().change_note == ""
    assert Disclosure.objects.get().index_number == disclosure.index_number


def test_withdrawing_needs_a_reason_and_keeps_the_record(published, member):
    disclosure = published()
    reviewer = member("reviewer", disclosure.unit)
    with pytest.raises(PublishRefused, match="撤下要写明原因"):
        withdraw(disclosure, reviewer, "  ")
    assert Disclosure.objects.get().live
    withdraw(disclosure, reviewer, "含有个人信息")
    disclosure = Disclosure.objects.get()
    assert (disclosure.live, disclosure.withdrawn_reason) == (False, "含有个人信息")
    assert [receipt.verb for receipt in Receipt.objects.all()] == [Verb.PUBLISH, Verb.WITHDRAW]


def test_what_was_withdrawn_can_be_published_again(published, member):
    disclosure = published()
    withdraw(disclosure, member("reviewer", disclosure.unit), "含有个人信息")
    disclosure.refresh_from_db()
    disclosure.change_note = "已遮盖姓名"
    disclosure.save_revision().publish(user=member("reviewer", disclosure.unit))
    disclosure.refresh_from_db()
    assert disclosure.live
    assert disclosure.withdrawn_at is None


def test_notices_come_down_when_their_period_is_over(published):
    today = timezone.localdate()
    over = published(notice_from=today - timedelta(days=20), notice_until=today - timedelta(days=1), comes_down=True)
    last_day = published(notice_from=today - timedelta(days=14), notice_until=today, comes_down=True)
    stays = published(notice_from=today - timedelta(days=20), notice_until=today - timedelta(days=1), comes_down=False)
    assert take_down_ended_notices() == 1
    assert set(Disclosure.objects.public()) == {last_day, stays}
    assert Receipt.objects.get(verb=Verb.EXPIRE).disclosure == over
    assert take_down_ended_notices() == 0


def test_scheduled_publishing_leaves_the_receipt_when_it_happens(draft, member):
    from django.core.management import call_command

    disclosure = draft()
    disclosure.go_live_at = timezone.now() + timedelta(hours=1)
    revision = disclosure.save_revision()
    revision.publish(user=member("reviewer", disclosure.unit))
    assert not Receipt.objects.exists()
    revision.refresh_from_db()
    past = timezone.now() - timedelta(minutes=1)
    revision.approved_go_live_at = past
    revision.content = {**revision.content, "go_live_at": past.isoformat()}
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert Disclosure.objects.get().live
    assert Receipt.objects.get().verb == Verb.PUBLISH


def test_expiry_date_takes_the_text_down_with_a_receipt(published):
    from django.core.management import call_command

    disclosure = published()
    Disclosure.objects.filter(pk=disclosure.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)
    assert not Disclosure.objects.get().live
    assert Receipt.objects.latest("seq").verb == Verb.EXPIRE


def test_chains_are_unbroken_one_for_each_unit(published, tree):
    for unit in (tree["搜登站村"], tree["半拉山村"], tree["搜登站村"]):
        published(unit=unit)
    assert list(Receipt.objects.values_list("unit__short_name", "seq")) == [("搜登站村", 1), ("搜登站村", 2), ("半拉山村", 1)]
    first, second = Receipt.objects.filter(unit=tree["搜登站村"])
    assert second.previous_hash == first.hash
    assert list(broken_receipts()) == []


def test_place_columns_follow_the_tree(draft, tree):
    disclosure = draft()
    assert (disclosure.town, disclosure.county) == (tree["搜登站镇"], tree["船营区"])
    assert set(Disclosure.objects.below(tree["搜登站镇"])) == {disclosure}
    assert not Disclosure.objects.below(tree["大绥河镇"]).exists()


def test_publishing_costs_a_fixed_number_of_queries(draft, member, tree, django_assert_max_num_queries):
    reviewer = member("reviewer", tree["搜登站镇"])
    for _ in range(3):
        draft(formed_on=date(2026, 1, 5)).get_latest_revision().publish(user=reviewer)
    revision = draft().get_latest_revision()
    with django_assert_max_num_queries(62):  # one of them reads the tags that were public
        revision.publish(user=reviewer)
