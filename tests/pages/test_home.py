"""The home page: its order, its selects without a script, what it costs, and what it says when there is nothing."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openness.pages.services.home import Row, Section, rows_of
from openness.units.models import Unit
from openness.units.names import Kind, Level

pytestmark = pytest.mark.django_db
HEADINGS = ("看我们村（社区）", "按事情找", "正在公示", "最新公开")


def text(client, url: str = "/") -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def arrange(home, *blocks: tuple) -> None:
    home.sections = json.dumps([{"type": kind, "value": value, "id": str(n)} for n, (kind, value) in enumerate(blocks)])
    home.save_revision().publish()


def test_by_itself_it_goes_from_the_box_to_the_newest(client, home, published):
    published()
    page = text(client)
    found = [page.index(words) for words in ('role="search"', *(f">{words}</h2>" for words in HEADINGS))]
    assert found == sorted(found)


def test_an_editor_orders_the_sections_and_leaves_out_others(client, home, published, village):
    published()
    link = {"type": "unit", "value": village.pk, "id": "a"}
    arrange(home, ("newest", None), ("picked", {"heading": "常去的村", "links": [link]}), ("village", None))
    page = text(client)
    found = [page.index(f">{words}</h2>") for words in ("最新公开", "常去的村", "看我们村（社区）")]
    assert found == sorted(found)
    assert f'<a href="{village.get_absolute_url()}">{village}</a>' in page
    assert "按事情找" not in page
    assert "正在公示" not in page


@pytest.mark.parametrize(("days", "shown"), [(0, True), (-1, False), (None, True)])
def test_a_band_is_shown_until_its_last_day(client, home, days, shown):
    until = None if days is None else (timezone.localdate() + timedelta(days=days)).isoformat()
    arrange(home, ("band", {"words": "周五停机检修", "until": until, "link": []}))
    assert ("周五停机检修" in text(client)) is shown


@pytest.mark.parametrize(
    ("kinds", "rows"),
    [
        ("village matters notices progress newest", ["village matters|notices progress|newest"]),
        ("notices village progress", ["notices village|progress|"]),
        ("band village notices", ["band||", "village|notices|"]),
        ("village band matters", ["village||", "band||", "matters||"]),
        ("village notices newest progress", ["village|notices|newest", "progress||"]),
    ],
)
def test_sections_beside_each_other_are_read_in_the_editor_s_order(kinds, rows):
    made = rows_of(Section(kind, {}) for kind in kinds.split())
    assert ["|".join(_kinds(part) for part in (row.wide, row.beside, row.after)) for row in made] == rows
    assert " ".join(filter(None, (_kinds([*row.wide, *row.beside, *row.after]) for row in made))) == kinds


def _kinds(sections) -> str:
    return " ".join(section.kind for section in sections)


def test_notices_end_soonest_first_with_their_days(client, home, published):
    today = timezone.localdate()
    for days in (18, 16):
        published(title=f"公示到{days}天后", notice_from=today, notice_until=today + timedelta(days=days))
    page = text(client)
    assert page.index("公示到16天后") < page.index("公示到18天后")
    assert "还剩 16 天" in page


def test_where_nothing_is_published_it_says_so(client, home):
    page = text(client)
    for words in ("这里还没有公开内容。", "今天没有正在公示的。"):
        assert words in page
    assert "公开进度</h2>" not in page
    assert "最近更新" not in page


def test_places_are_chosen_step_by_step_on_a_site_of_many_counties(client, home, tree):
    first, second, third = text(client), text(client, "/?county=220204"), text(client, "/?county=220204&town=220204101")
    assert "选乡镇（街道）" in first
    assert "搜登站镇" not in first
    assert ("搜登站镇" in second, "乌拉街镇" in second) == (True, False)
    assert ("半拉山村" in third, 'action="/go/"' in third) == (True, True)


def test_a_site_of_one_county_asks_for_the_township_at_once(client, home, tree):
    Unit.objects.filter(code="220203").update(active=False)
    page = text(client)
    assert "搜登站镇" in page
    assert "县（市、区）" not in page
    assert '<option value="220204101" selected>' in text(client, "/?town=220204101")
    assert "搜登站镇" in text(client, "/?town=%00nothing")


@pytest.mark.parametrize("query", ["?town=1'--", "?county=%F0%9F%98%80", "?town=&county=", "?page=9"])
def test_whatever_stands_in_the_address_the_page_is_there(client, home, tree, query):
    assert "看我们村" in text(client, f"/{query}")


def test_the_box_works_when_the_search_engine_is_away(client, home, published, settings):
    disclosure = published()
    settings.SEARCH_URL = "http://127.0.0.1:9/nothing"
    assert disclosure.title in text(client)
    assert disclosure.get_absolute_url() in text(client, "/search/?q=宅基地")


def asked(client, url: str = "/") -> tuple[int, int]:
    """(queries, bytes)"""
    text(client, url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = text(client, url)
    return len(queries), len(page.encode())


def plant(counties: int, towns: int, villages: int) -> int:
    """A province's worth of units below the city of the small tree, straight into the table. Returns how many."""
    city = Unit.objects.get(code="2202")
    rows: list[Unit] = []

    def grow(above: Unit, code: str, level: Level, kind: Kind, number: int) -> Unit:
        path = above._get_path(above.path, above.depth + 1, number)
        rows.append(Unit(code=code, name=f"单位{code}", short_name=f"单位{code}", level=level, kind=kind, path=path, depth=above.depth + 1))
        return rows[-1]

    for c in range(counties):
        county = grow(city, f"33{c:04d}", Level.COUNTY, Kind.COUNTY, 100 + c)
        for t in range(towns):
            town = grow(county, f"33{c:04d}{t:03d}", Level.TOWNSHIP, Kind.TOWN, 1 + t)
            for v in range(villages):
                grow(town, f"33{c:04d}{t:03d}{v:03d}", Level.VILLAGE, Kind.VILLAGE, 1 + v)
    Unit.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


@pytest.mark.parametrize("url", ["/", "/?county=220204", "/?town=220204101", "/map/", "/sitemap.xml"])
def test_it_costs_the_same_with_ten_units_and_with_twelve_thousand(client, home, published, url):
    published()
    queries, _size = asked(client, url)
    assert plant(counties=60, towns=10, villages=19) == 12_060
    many, size = asked(client, url)
    assert many == queries
    assert size < 60_000


def test_a_row_begins_with_something_wide():
    assert not Row().takes(Section("notices", {}))
