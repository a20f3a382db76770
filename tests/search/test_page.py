"""The page: one GET form, plain links, no script."""

import re
from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import service
from search.engines.embedded import EmbeddedEngine
from search.registry import registry

pytestmark = pytest.mark.django_db
TOWNS = [("101", "松花镇"), ("102", "白石乡")]
VILLAGES = {"101": [("101201", "石门村"), ("101202", "向阳村")]}


@pytest.fixture
def site(shelf, fill, engine, client, monkeypatch):
    """Documents in two townships, and the page that searches them."""
    monkeypatch.setattr(service, "engine", lambda: engine)
    registry.place_children = lambda code: TOWNS if code is None else VILLAGES.get(code, [])
    registry.place_labels = lambda codes: {code: name for code, name in [*TOWNS, *VILLAGES["101"]] if code in codes}
    for number in range(30):
        place = ("101", "101201") if number < 3 else ("102",)
        shelf.put(str(number), f"低保名单 {number}", "按季度公开", place=place, field="社会救助", published_on=date(2026, 1, 1))
    fill()
    return lambda query="": client.get(f"/search/?{query}")


def html(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def options(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


def test_everything_belongs_to_one_form_that_works_without_script(site):
    page = html(site("q=低保"))
    boxes = re.findall(r"<input[^>]+type=\"(?:checkbox|radio|date)\"[^>]*>", page)
    assert boxes
    assert all('form="find"' in box for box in boxes)
    assert 'method="get"' in page
    assert 'content="noindex"' in page
    assert "找到 30 条" in page


def test_places_open_where_somebody_chose_one(site):
    assert options(html(site("q=低保")), "place") == ["102", "101"]
    assert options(html(site("q=低保&place=101")), "place") == ["101", "101201", "102"]


def test_each_chip_takes_one_condition_away(site):
    page = html(site("q=低保&field=社会救助&place=102&since=2025-01-01"))
    chips = re.findall(r'<li><a href="\?([^"]*)"><span class="vh">去掉条件：', page)
    left = [parse_qs(chip.replace("&amp;", "&")) for chip in chips]
    assert sorted(map(sorted, left)) == [["field", "place", "q"], ["field", "q", "since"], ["place", "q", "since"]]
    assert re.search(r'class="clear"><a href="\?q=[^"&]*"', page)


def test_the_second_page_keeps_the_conditions(site):
    page = html(site("q=低保&sort=newest"))
    following = re.findall(r'<a href="(\?[^"]*page=2)"', page)
    assert following
    assert "sort=newest" in following[0]
    assert 'aria-current="page"' in html(site("q=低保&sort=newest&page=2"))


def test_a_notice_says_how_long_it_stays(site, shelf, fill):
    shelf.put("n", "公示一则", notice_until=timezone.localdate() + timedelta(days=3))
    fill()
    assert re.search(r"还[^天]*3 ?天", html(site("q=公示一则")))


def test_titles_with_markup_stay_text(site, shelf, fill):
    shelf.put("x", "<script>alert(1)</script>低保", "<img src=x onerror=alert(1)>")
    fill()
    page = html(site("q=alert"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<mark>alert</mark>" in page


def test_nothing_found_helps_on(site):
    page = html(site("q=渔业补贴&field=社会救助"))
    assert "没有找到" in page
    assert "换个短一点的词" in page
    assert "去掉“社会救助”这个条件" in page


def test_an_engine_that_is_away_is_said_and_the_database_answers(site, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(service, "engine", lambda: EmbeddedEngine(tmp_path / "file"))
    page = html(site("q=低保名单"))
    assert "暂时只能查标题" in page
    assert "<mark>低保名单</mark> 7" in page


def test_the_number_of_database_queries_does_not_grow(site):
    html(site("q=低保"))  # what is read once is read

    def queries(query: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            html(site(query))
        return len(captured)

    assert queries("q=低保名单&place=101") == queries("q=低保&place=101&place=102&field=社会救助") <= 8
    assert queries("q=低保名单 7&place=101") == queries("q=没有 这样 的") <= 10  # and two to ask 您是不是要找


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading_is_allowed(client, method):
    assert getattr(client, method)("/search/").status_code == 405
