"""Kept pages of guides and lists are as fresh as the last act, drafts leave them alone, and nothing private is read for them."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openness.guides.models import ServiceGuide
from openness.guides.services.publish import withdraw
from openness.pagecache import private
from openness.pagecache.middleware import store
from openness.powers.services.drafts import start_from_current
from tests.guides.conftest import COMPLETE
from tests.powers.conftest import FIRST, HOUSE, drafted, people, power_list, put  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(tree):
    made = ServiceGuide(unit=tree["搜登站镇"], live=False, **COMPLETE)
    made.save()
    made.save_revision().publish()
    return ServiceGuide.objects.get(pk=made.pk)


def test_a_guide_is_kept_until_it_changes_and_drafts_leave_it_alone(home, guide, read, member):
    urls = ("/guides/", guide.get_absolute_url())
    for url in urls:
        read(url)
    guide.place = "二楼大厅"
    revision = guide.save_revision()
    assert all(read(url)[1] for url in urls), "a draft shows nowhere"
    revision.publish()
    assert "二楼大厅" in read(guide.get_absolute_url())[0]
    read("/guides/")
    withdraw(ServiceGuide.objects.get(pk=guide.pk), member("reviewer", guide.unit), "改由县里办")
    assert guide.name not in read("/guides/")[0]
    assert "改由县里办" in read(guide.get_absolute_url())[0]


def test_a_list_is_kept_until_the_next_version(home, put, power_list, people, read):  # noqa: F811
    put(*FIRST)
    urls = (
        "/powers/",
        power_list.get_absolute_url(),
        f"/powers/{power_list.pk}/{HOUSE.code}/",
        "/powers/changes/",
        "/powers/changes/feed.atom",
    )
    for url in urls:
        read(url)
    draft = start_from_current(power_list, people["clerk"])
    assert all(read(url)[1] for url in urls), "a draft shows nowhere"
    draft.entries.all().delete()
    draft.delete()
    put(replace(HOUSE, fee="每证五元"), *FIRST[1:], day=date(2026, 2, 1))
    for url in urls:
        assert not read(url)[1], url
    assert "每证五元" in read(f"/powers/{power_list.pk}/{HOUSE.code}/")[0]


def test_no_page_of_them_reads_a_private_table(home, put, power_list, guide):  # noqa: F811
    put(*FIRST)
    own = {"pagecache_version", "pagecache_pending", "django_content_type"}
    for url in (
        "/guides/",
        guide.get_absolute_url(),
        "/powers/",
        power_list.get_absolute_url(),
        f"/powers/{power_list.pk}/{HOUSE.code}/",
        "/powers/changes/",
    ):
        store.clear()
        with CaptureQueriesContext(connection) as asked:
            Client().get(url)
        tables = {name for query in asked for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
        assert {name for name in tables if private.is_private(name)} - own == set(), url
