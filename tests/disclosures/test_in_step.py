"""Whatever writes what residents find, past the services too, queues it in its own transaction."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from openness.disclosures.models import Attachment, Disclosure
from openness.disclosures.services.publish import use_files
from openness.units.models import Unit
from search.models import Entry

from ..conftest import make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued():
    """What a change queues, as primary keys; nothing is waiting before it."""

    def by(act) -> set[int]:
        Entry.objects.all().delete()
        act()
        return {int(key) for key in Entry.objects.filter(pending=True).values_list("key", flat=True)}

    return by


def test_many_at_once(published, queued):
    first, second = published(title="甲"), published(title="乙")
    assert queued(lambda: Disclosure.objects.filter(title="甲").update(live=False)) == {first.pk}
    assert queued(lambda: Disclosure.objects.filter(title="没有").update(live=False)) == set()
    second.title = "丙"
    assert queued(lambda: Disclosure.objects.bulk_update([second], ["title"])) == {second.pk}


def test_update_reports_and_changes_exactly_what_it_found(published):
    one = published(title="甲")
    published(title="乙")
    assert Disclosure.objects.filter(title="甲").update(title="乙") == 1
    assert Disclosure.objects.filter(title="乙").select_related("unit").order_by("pk").update(summary="改") == 2
    assert Disclosure.objects.get(pk=one.pk).summary == "改"


def test_an_update_that_is_rolled_back_queues_nothing(published, queued):
    published(title="甲")

    def rolled_back() -> None:
        with transaction.atomic():
            Disclosure.objects.update(title="乙")
            transaction.set_rollback(True)

    assert queued(rolled_back) == set()


def test_created_in_bulk(published, village, item, queued):
    rows = [Disclosure(unit=village, item=item, title=title, live=True) for title in "甲乙"]
    keys = queued(lambda: Disclosure.objects.bulk_create(rows))
    assert keys == set(Disclosure.objects.values_list("pk", flat=True))
    assert len(keys) == 2


def test_a_plain_save_of_what_is_or_was_public(published, draft, queued):
    public, unseen = published(), draft()
    public.title = "改过"
    assert queued(public.save) == {public.pk}
    public.live = False
    assert queued(public.save) == {public.pk}
    assert queued(lambda: public.save(update_fields=["has_unpublished_changes"])) == set()
    assert queued(unseen.save) == set()


def test_what_shows_an_attachment(published, queued, village):
    attachment = Attachment.objects.create(title="名单", file=ContentFile(b"x", name="list.txt"), unit=village)
    public = published(body=[("file", attachment)])
    use_files([public])
    attachment.title = "新名单"
    assert queued(attachment.save) == {public.pk}
    assert queued(attachment.delete) == {public.pk}


def test_a_renamed_item_or_field(published, queued):
    public, other = published(), published()
    Disclosure.objects.filter(pk=other.pk).update(item=make_item(name="别的", field="别的领域"))
    other.refresh_from_db()
    public.item.level1 = "改了名的事项"
    assert queued(public.item.save) == {public.pk}
    assert queued(other.item.field.save) == {other.pk}


def test_a_unit_saved_or_moved_by_itself(published, queued, tree, village):
    public, elsewhere = published(), published(unit=tree["大绥河村"])
    village.phone = "0432-00000000"
    assert queued(village.save) == set()
    village.short_name = "搜登站新村"
    assert queued(village.save) == {public.pk}
    assert queued(lambda: tree["搜登站镇"].move(tree["龙潭区"], pos="last-child")) == {public.pk}
    public.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (public.county, elsewhere.county) == (tree["龙潭区"], tree["船营区"])
    assert list(Disclosure.objects.below(Unit.objects.get(code="220203"))) == [public]


def test_what_could_not_be_followed_is_refused(published):
    public = published()
    with pytest.raises(NotImplementedError, match="search index"):
        Disclosure.objects.filter(pk=public.pk)._raw_delete("default")
    with pytest.raises(NotImplementedError, match="ignore_conflicts"):
        Disclosure.objects.bulk_create([public], ignore_conflicts=True)
