"""What crawlers and people find: sitemap.xml, robots.txt, 网站地图."""

import re
from datetime import timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openness.disclosures.services.take_down import withdraw
from openness.pages import sitemap
from openness.pages.models import TextPage

pytestmark = pytest.mark.django_db
SITE = "https://www.example.gov.cn"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = SITE


def locations(client, url: str) -> dict[str, str]:
    """Address without the host -> lastmod."""
    answer = client.get(url)
    assert answer.status_code == 200
    words = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    return dict(re.findall(rf"<loc>{SITE}([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?", words))


def everything(client) -> dict[str, str]:
    return {path: day for file in locations(client, "/sitemap.xml") for path, day in locations(client, file).items()}


def test_it_lists_what_is_public_and_nothing_else(client, home, compose, published, draft, tree, member):
    shown, gone, hidden = published(), published(title="撤下的"), draft(title="草稿")
    today = timezone.localdate()
    over = published(notice_from=today - timedelta(days=20), notice_until=today - timedelta(days=1), comes_down=True)
    withdraw(gone, member("reviewer", gone.unit), "写错了")
    page, secret = compose(TextPage, "帮助", "help"), compose(TextPage, "没写完", "half")
    secret.unpublish()
    listed = everything(client)
    for path in (
        "/",
        page.url,
        shown.get_absolute_url(),
        shown.item.get_absolute_url(),
        tree["搜登站村"].get_absolute_url(),
        "/catalog/",
        "/map/",
    ):
        assert path in listed, path
    for path in (gone.get_absolute_url(), hidden.get_absolute_url(), over.get_absolute_url(), "/half/", tree["吉林省"].get_absolute_url()):
        assert path not in listed, path


def test_it_says_when_the_published_version_is_from(client, home, published):
    disclosure = published()
    when = timezone.localtime(disclosure.last_published_at).isoformat(timespec="seconds")
    assert everything(client)[disclosure.get_absolute_url()] == when
    assert when in locations(client, "/sitemap.xml").values()


def test_every_address_in_it_answers(client, home, compose, published):
    published(), compose(TextPage, "帮助", "help")
    assert {path: status for path in everything(client) if (status := client.get(path).status_code) != 200} == {}


def test_files_are_cut_by_keys_and_none_is_empty(client, home, published, monkeypatch):
    rows = [published(title=f"公开 {n}") for n in range(4)]
    monkeypatch.setattr(sitemap, "A_FILE", 2)
    files = [file for file in locations(client, "/sitemap.xml") if "disclosures" in file]
    parts = [set(locations(client, file)) for file in files]
    assert all(0 < len(part) <= 2 for part in parts)
    assert set.union(*parts) == {row.get_absolute_url() for row in rows}


def test_neither_index_nor_file_asks_more_with_more_texts(client, home, published, tree):
    def asked(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            locations(client, url)
        return len(queries)

    published()
    urls = ("/sitemap.xml", "/sitemap-disclosures-0.xml", "/sitemap-units-0.xml")
    before = [asked(url) for url in urls]
    for name in ("半拉山村", "大绥河村"):
        published(unit=tree[name])
    assert [asked(url) for url in urls] == before


def test_files_that_are_not_there(client, home):
    assert client.get("/sitemap-nothing-0.xml").status_code == 404
    assert client.get(f"/sitemap-units-{2**70}.xml").status_code == 404


def test_robots_stay_out_of_results_forms_and_the_office(client, home):
    robots = RobotFileParser()
    words = client.get("/robots.txt").content.decode()
    robots.parse(words.splitlines())
    for path in ("/", "/catalog/", "/d/1/", "/messages/", "/requests/", "/help/"):
        assert robots.can_fetch("*", SITE + path), path
    for name in ("search:search", "search:atom", "message_new", "message_follow", "request_new", "wagtailadmin_home"):
        assert not robots.can_fetch("*", SITE + reverse(name)), name
    assert f"Sitemap: {SITE}/sitemap.xml" in words


def test_people_have_a_map_too(client, home, compose, published, tree):
    published(), compose(TextPage, "帮助", "help")
    said = client.get("/map/", {"county": "220204"}).content.decode()
    for words in ("公开目录", "/help/", tree["搜登站镇"].get_absolute_url(), "村务公开"):
        assert words in said, words
    assert "?county=220203" in client.get("/map/").content.decode()  # two counties: one is chosen first
