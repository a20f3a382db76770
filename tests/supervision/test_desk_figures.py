"""What the desk reckons and how it is handed on: ranking, comparison, rates, trend, workbook, the figures for residents."""

import io
import json
from datetime import date

import openpyxl
import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page, Site

from openness.disclosures.periods import parse_period
from openness.pages.models import HomePage
from openness.supervision.models import LedgerField, Obligation, State
from openness.supervision.services.desk import Choice, desk
from openness.supervision.services.figures import figures, percent
from openness.supervision.services.overview import Sums
from openness.supervision.views.progress import progress_this_year
from openness.units.models import Role, Unit

from .walking import DESK, LAST, PROGRESS, TODAY, blank_of, links, page

pytestmark = pytest.mark.django_db


def test_the_workbook_has_every_row_of_the_list(year, enter, client):
    enter(Role.SUPERVISOR, year["船营区"])
    found = blank_of(year["搜登站村"])
    found.item.level1 = "=1+1"
    found.item.save()
    soup = BeautifulSoup(page(client, f"{DESK}?period={LAST}"), "html.parser")
    answer = client.get(soup.find("a", string="下载表格")["href"])
    assert answer.streaming
    assert f'filename="220204-{LAST}-overdue.xlsx"' in answer["Content-Disposition"]
    (sheet,) = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == desk(Choice(year["船营区"], parse_period(str(LAST))), TODAY).sums.overdue > 50
    first = Obligation.objects.filter(state=State.OPEN, due_on__year=LAST).order_by("due_on", "pk").first()
    assert (rows[0][3], rows[0][7].date(), rows[0][9]) == (first.unit.code, first.due_on, (TODAY - first.due_on).days)
    assert ("=1+1", "s") in {(cell_.value, cell_.data_type) for cell_ in sheet["F"]}


def test_supervisors_urge_from_the_desk_and_others_are_not_offered_it(year, enter, client, village):
    enter(Role.SUPERVISOR, year["船营区"])
    url = f"{DESK}?period={LAST}"
    soup = BeautifulSoup(page(client, url), "html.parser")
    form = soup.select_one("section:has(#late) form")
    boxes = form.select("input[name=id]")
    assert len(boxes) == 20
    answer = client.post(form["action"], {"id": [boxes[0]["value"]], "next": form.select_one("input[name=next]")["value"]}, follow=True)
    assert answer.redirect_chain[-1][0] == url
    assert "已催办 1 次" in answer.content.decode()
    enter(Role.CLERK, village)
    assert not BeautifulSoup(page(client, url), "html.parser").select("section:has(#late) form")


def test_units_below_are_ranked_by_rate_then_fewer_overdue_and_equal_ones_share_a_rank(year):
    whole = parse_period(str(LAST))
    assert [(row.unit.short_name, row.rank) for row in desk(Choice(year["船营区"], whole), TODAY).ranking] == [
        ("搜登站镇", 1),
        ("大绥河镇", 2),
    ]
    party = LedgerField.objects.get(name="党务公开")  # nobody disclosed anything: the smaller township misses less
    assert [(row.unit.short_name, row.rank) for row in desk(Choice(year["船营区"], whole, party), TODAY).ranking] == [
        ("大绥河镇", 1),
        ("搜登站镇", 2),
    ]
    assert [row.rank for row in desk(Choice(year["搜登站镇"], whole, party), TODAY).ranking] == [1, 1]
    assert desk(Choice(year["船营区"], whole, LedgerField.objects.create(name="空")), TODAY).ranking == ()


def test_the_stretch_before_is_as_long_as_what_has_passed(tree):
    year_, quarter, past = (Choice(tree["船营区"], parse_period(code)) for code in ("2026", "2026-Q4", "2026-Q3"))
    day = date(2026, 11, 24)
    assert (quarter.scope_before(day).first, quarter.scope_before(day).last) == (date(2026, 7, 1), date(2026, 8, 24))
    assert (past.scope_before(day).first, past.scope_before(day).last) == (date(2026, 4, 1), date(2026, 6, 30))
    assert year_.scope_before(day).last == date(2025, 11, 24)
    assert (quarter.before_words(day), past.before_words(day), year_.before_words(day)) == ("上季度同期", "上季度", "上年同期")
    assert quarter.scope_before(date(2026, 12, 31)).last == date(2026, 9, 30)


def test_rates_are_cut_and_changes_are_those_of_what_is_written():
    assert [percent(part, whole) for part, whole in ((29, 100), (1999, 2000), (2, 3), (0, 7), (7, 7), (0, 0))] == [
        "29%",
        "99.9%",
        "66.6%",
        "0%",
        "100%",
        "–",
    ]
    rate, on_time, _complete, overdue, late = figures(Sums(total=10, on_time=2, late=4, nil=1), Sums(total=6, on_time=2), "上季度")
    assert (rate.value, rate.detail, rate.change) == ("66.6%", "应公开 9 项，已公开 6 项", "比上季度高 33.3 个百分点")
    assert (on_time.value, on_time.change) == ("22.2%", "比上季度低 11.1 个百分点")
    assert (overdue.value, overdue.change) == ("3", "比上季度少 1 项")
    assert late.change == "比上季度多 4 项"
    assert {figure.change for figure in figures(Sums(total=3), Sums(), "上年")} == {"上年没有可比的"}


def test_the_trend_has_all_six_months_as_a_table_and_the_same_numbers_for_the_drawing(year, enter, client):
    enter(Role.SUPERVISOR, year["船营区"])
    soup = BeautifulSoup(page(client, DESK), "html.parser")
    table = soup.select_one("section:has(#trend) table")
    drawn = json.loads(soup.select_one("#trend-data").get_text())
    assert len(drawn["x"]) == 6
    assert [cell_.get_text() for cell_ in table.select("thead th")][1:] == drawn["x"]
    written = [[cell_.get_text() for cell_ in row.select("td")] for row in table.select("tbody tr")]
    assert written == [["–" if value is None else f"{value:g}%" for value in drawn[name]] for name in ("rate", "time")]


def test_the_drawing_is_loaded_on_the_desk_only(year, enter, client):
    enter(Role.SUPERVISOR, year["船营区"])
    assert "vendor/echarts" in page(client, DESK)
    for url in ("/admin/", f"{DESK}cells/", f"{DESK}cell/{Obligation.objects.first().pk}/", PROGRESS, f"{PROGRESS}cells/"):
        assert "echarts" not in page(client, url), url


def test_residents_find_the_progress_from_the_unit_s_page_and_see_how_it_is_made(year, client, village):
    text = page(client, village.get_absolute_url())
    (url,) = links(text, PROGRESS)
    assert url == f"{PROGRESS}{village.code}/"
    text = page(client, url)
    for words in ("搜登站村公开进度", "得分怎么算", "公开率 = 已公开 ÷ 应公开", "谁也改不了"):
        assert words in text
    assert not links(text, "/admin/supervision")


def test_home_says_how_the_county_stands_this_year(year, client):
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="首页", slug="county"))
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "hostname": "localhost"})
    Unit.objects.filter(short_name="龙潭区").update(active=False)  # one county: its site begins with it
    last_day = date(LAST, 12, 31)
    found = progress_this_year(last_day)
    due = Obligation.objects.filter(due_on__year=LAST)
    assert found["unit"].short_name == "船营区"
    assert found["sums"].owed == due.exclude(state__in=(State.NIL, State.WAIVED)).exclude(state=State.OPEN, due_on=last_day).count()
    assert found["sums"].done == 2
    assert progress_this_year(date(LAST - 1, 12, 31)) is None
    assert ("船营区公开进度</h2>" in page(client, "/")) == (progress_this_year(TODAY) is not None)
