"""A search as Atom, as JSON Feed, and as a table, on both engines."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest

from search import export, following, service
from search.engines.base import EngineAway

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def site(client, engine, shelf, fill, monkeypatch):
    monkeypatch.setattr(service, "engine", lambda: engine)
    monkeypatch.setattr(following, "engine", lambda: engine)
    shelf.put("guide", "低保办事指南", "怎么申请", place_label="松花镇", field="社会救助", published_on=date(2026, 3, 1))
    shelf.put(
        "list", "低保 & <名单>\x0b\x00", "第三季度", place_label="松花镇", tags=("救助",), published_on=date(2026, 10, 1),
        changed_at=datetime(2026, 10, 9, 2, 30, tzinfo=UTC),
    )  # fmt: skip
    fill()
    return client


def atom(response) -> ElementTree.Element:
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def test_atom_is_newest_first_with_names_that_stay(site, settings):
    settings.SITE_URL = "https://example.gov.cn"
    response = site.get("/search/results.atom?q=低保&page=7&sort=relevance")
    feed = atom(response)
    assert response["content-type"].startswith("application/atom+xml")
    assert feed.find(f"{ATOM}title").text == "含“低保”的新公开"
    entries = list(feed.iter(f"{ATOM}entry"))
    assert [one.find(f"{ATOM}title").text for one in entries] == ["低保 & <名单>", "低保办事指南"]
    assert [one.find(f"{ATOM}id").text for one in entries] == ["tag:example.gov.cn,2026:shelf:list", "tag:example.gov.cn,2026:shelf:guide"]
    assert entries[0].find(f"{ATOM}updated").text == "2026-10-09T02:30:00+00:00"
    assert entries[0].find(f"{ATOM}published").text == "2026-10-01T00:00:00+08:00"
    assert feed.find(f"{ATOM}updated").text == "2026-10-09T02:30:00+00:00"
    assert feed.find(f"{ATOM}id").text == atom(site.get("/search/results.atom?sort=ending&q=低保")).find(f"{ATOM}id").text


def test_json_feed_says_the_same(site, settings):
    settings.SITE_URL = "https://example.gov.cn"
    response = site.get("/search/feed.json?q=低保&tag=救助")
    feed = response.json()
    assert response["content-type"].startswith("application/feed+json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "含“低保”，标签“救助”的新公开"
    assert feed["feed_url"] == "https://example.gov.cn/search/feed.json?q=%E4%BD%8E%E4%BF%9D&tag=%E6%95%91%E5%8A%A9"
    (item,) = feed["items"]
    assert item["id"] == "tag:example.gov.cn,2026:shelf:list"
    assert item["url"] == "https://example.gov.cn/d/list/"
    assert (item["title"], item["content_text"], item["tags"]) == ("低保 & <名单>", "第三季度", ["救助"])
    assert item["date_modified"] == "2026-10-09T02:30:00+00:00"


@pytest.mark.parametrize("address", ["/search/results.atom", "/search/feed.json"])
def test_who_has_it_already_gets_nothing_again_until_it_changes(site, shelf, address):
    first = site.get(f"{address}?q=低保")
    for header in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = site.get(f"{address}?q=低保", headers=header)
        assert (again.status_code, again.content) == (304, b"")
    del shelf.documents["list"]  # withdrawn; the index has not heard of it yet
    changed = site.get(f"{address}?q=低保", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "名单" not in changed.content.decode()
    empty = [site.get(f"{address}?q=没有这样的")["ETag"] for _ in range(2)]
    assert empty[0] == empty[1]


def test_while_nobody_can_tell_a_reader_is_asked_to_come_again(site, monkeypatch):
    def away():
        raise EngineAway("gone")

    monkeypatch.setattr(following, "engine", away)
    response = site.get("/search/results.atom?q=低保")
    assert (response.status_code, response["Retry-After"]) == (503, "300")


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def test_the_results_as_a_table(site, shelf, fill):
    shelf.put("bad", "=HYPERLINK(1)低保", number="-1+1", tags=("甲", "乙"), published_on=date(2026, 1, 2))
    fill()
    table = rows_of(site.get("/search/results.csv?q=低保"))
    assert table[0][:2] == ["标题", "单位"]
    assert {row[0] for row in table[1:]} == {"低保 & <名单>", "低保办事指南", "'=HYPERLINK(1)低保"}
    bad = next(row for row in table if "HYPERLINK" in row[0])
    assert (bad[5], bad[6], bad[8]) == ("甲、乙", "'-1+1", "2026-01-02")
    content = b"".join(site.get("/search/results.xlsx?q=低保").streaming_content)
    xml = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert "=HYPERLINK(1)低保" in cells
    assert "<f>" not in xml, "no cell is a formula"


def test_a_long_table_is_cut_and_says_so(site, shelf, fill, monkeypatch):
    monkeypatch.setattr(export, "MOST", 5)
    for number in range(9):
        shelf.put(str(number), f"低保 {number}")
    fill()
    table = rows_of(site.get("/search/results.csv?q=低保"))
    assert len(table) == 7
    assert table[-1] == ["一共 11 条，这里只有前 5 条。请加上条件，分几次下载。"]
