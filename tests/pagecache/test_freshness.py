"""What residents read is never older than the last act that was answered, and is kept otherwise."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from catalog.models import Law
from openness.disclosures.services.take_down import withdraw
from openness.pagecache.changes import token
from openness.pagecache.models import Pending, Version
from openness.pagecache.topics import SITE, of_place
from openness.pages.models import SiteFrame
from openness.supervision.models import Obligation
from openness.supervision.services.declare import declare_nil
from openness.supervision.services.generate import generate
from openness.units.models import Unit

pytestmark = pytest.mark.django_db


def version(topic: str) -> int:
    return Version.objects.filter(topic=topic).values_list("number", flat=True).first() or 0


def test_the_second_reader_gets_the_very_same_page_from_memory(home, published, read, tree):
    disclosure = published()
    for url in (
        "/",
        disclosure.get_absolute_url(),
        tree["搜登站村"].get_absolute_url(),
        disclosure.item.get_absolute_url(),
        "/catalog/",
        "/map/",
    ):
        first, kept = read(url)
        assert not kept, url
        assert read(url) == (first, True), url


def test_a_publication_shows_at_once_wherever_it_stands_and_nowhere_else(home, published, read, tree):
    village, neighbour = tree["搜登站村"], tree["大绥河村"]
    first = published(title="第一件")
    pages = ["/", first.item.get_absolute_url(), *(tree[name].get_absolute_url() for name in ("搜登站村", "搜登站镇", "船营区"))]
    for url in (*pages, neighbour.get_absolute_url(), first.get_absolute_url()):
        read(url)
    published(unit=village, title="刚公开的第二件")
    assert read(neighbour.get_absolute_url())[1], "the neighbour's page has not changed"
    for url in pages:
        words, kept = read(url)
        assert "刚公开的第二件" in words, url
        assert not kept, url


def test_a_correction_and_a_withdrawal_show_at_once(published, read, member):
    disclosure = published()
    url = disclosure.get_absolute_url()
    read(url)
    disclosure.title, disclosure.change_note = "改过的标题", "标题写错了"
    disclosure.save_revision().publish(user=member("reviewer", disclosure.unit))
    assert "改过的标题" in read(url)[0]
    withdraw(disclosure, member("reviewer", disclosure.unit), "含有个人信息")
    words, kept = read(url)
    assert "含有个人信息" in words
    assert not kept


def test_a_nil_declaration_shows_on_its_village_s_page_only(item, tree, member, read):
    from catalog.limits import parse_limit

    item.limit = parse_limit("每季度的首个月20日")
    item.save()
    generate()
    village, neighbour = tree["搜登站村"].get_absolute_url(), tree["大绥河村"].get_absolute_url()
    read(village), read(neighbour)
    site = version(SITE)
    cell = (
        Obligation.objects.filter(unit=tree["搜登站村"], opens_on__lte=timezone.localdate())
        .exclude(period="")
        .order_by("-opens_on")
        .first()
    )
    declare_nil(cell, member("clerk", tree["搜登站村"]), "没有发生")
    assert not read(village)[1]
    assert read(neighbour)[1]
    assert version(SITE) == site


@pytest.mark.parametrize(
    "act",
    [
        lambda tree: Unit.objects.filter(code="220204101201").update(short_name="改名村"),
        lambda tree: SiteFrame.objects.update(place="别的县"),
    ],
)
def test_what_nobody_said_more_about_makes_every_page_new(home, published, read, tree, act):
    url = tree["大绥河村"].get_absolute_url()
    read(url)
    act(tree)
    assert not read(url)[1]


def test_what_is_rolled_back_changes_nothing(published, draft, read, member, tree):
    url = published().get_absolute_url()
    read(url)
    waiting = draft(title="没有公开成")
    reviewer = member("reviewer", tree["搜登站村"])
    with transaction.atomic():
        waiting.get_latest_revision().publish(user=reviewer)
        transaction.set_rollback(True)
    assert read(url)[1]
    assert not Pending.objects.exists()


def test_a_change_inside_a_savepoint_that_was_given_up_counts_when_it_is_made_again(tree, read):
    url, unit = tree["大绥河村"].get_absolute_url(), Unit.objects.filter(code="220204101201")
    read(url)
    with transaction.atomic():
        with transaction.atomic():
            unit.update(short_name="一")
            transaction.set_rollback(True)
        unit.update(short_name="二")
    assert not read(url)[1]
    assert read(url)[1]


def test_a_publisher_killed_before_it_could_count_leaves_no_old_page(published, read, tree):
    """Its note was committed with the act: the page is made anew for everybody, and kept again once somebody has counted."""
    disclosure = published()
    url = disclosure.get_absolute_url()
    read(url)
    left = Pending.objects.create(topic=of_place(disclosure.unit.path))
    assert [read(url)[1] for _time in range(2)] == [False, False]
    Pending.objects.filter(pk=left.pk).update(at=timezone.now() - timedelta(seconds=6))
    read(url), read(url)
    assert not Pending.objects.exists()
    assert read(url)[1]


def test_a_page_made_while_something_was_published_is_not_kept(published, read, tree, member, draft):
    """Half of it may be from before."""
    from django.test.signals import template_rendered

    village = tree["搜登站村"]
    waiting, reviewer = draft(title="正在公开"), member("reviewer", village)

    def publish_meanwhile(template, **_kwargs):
        if template.name == "supervision/unit.html":
            template_rendered.disconnect(publish_meanwhile)
            waiting.get_latest_revision().publish(user=reviewer)

    template_rendered.connect(publish_meanwhile)
    try:
        read(village.get_absolute_url())
    finally:
        template_rendered.disconnect(publish_meanwhile)
    words, kept = read(village.get_absolute_url())
    assert not kept
    assert "正在公开" in words


def test_a_clerk_s_day_leaves_the_site_s_pages_alone(home, published, draft, member, tree, item, read):
    """Signing in, a draft, saving it again and again, a photograph: no reader's page becomes old."""
    from openness.disclosures.models import Photo
    from tests.disclosures.test_files import picture

    published()
    read("/")
    clerk = member("clerk", tree["搜登站村"])
    client = Client()
    client.force_login(clerk)
    client.get("/admin/todo/")
    made = draft(author=clerk)
    for _time in range(3):
        made.title += "改"
        made.save_revision(user=clerk)
    Photo.objects.create(title="现场", file=picture(), unit=made.unit)
    assert read("/")[1]


@pytest.mark.django_db(transaction=True)
def test_a_write_that_is_its_own_transaction_is_counted_with_the_next_statement():
    before = token((SITE,))
    Law.objects.create(name="甲法", short_name="甲")  # returns its number: SQLite commits it when that has been read
    assert token((SITE,)) not in {before, None}
    between = token((SITE,))
    Law.objects.update(short_name="乙")
    assert token((SITE,)) not in {between, None}
