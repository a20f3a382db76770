"""The desk and the public progress pages: every number leads to a list as long as it says; nobody sees other people's places."""

import html
import io
import json
import re
from datetime import date, timedelta

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from openness.disclosures.periods import parse_period
from openness.disclosures.services.take_down import withdraw
from openness.pages.models import HomePage
from openness.supervision.models import Exemption, LedgerField, NilDeclaration, Obligation, State
from openness.supervision.services.declare import declare_nil, waive
from openness.supervision.services.desk import Choice, desk
from openness.supervision.services.figures import figures, percent
from openness.supervision.services.generate import generate
from openness.supervision.services.overview import Sums
from openness.supervision.views.progress import progress_this_year
from openness.units.models import Role, Unit

from .test_ledger import cell, limited, publish

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LAST = TODAY.year - 1  # the year before is over on whichever day the tests run
DESK, PROGRESS = "/admin/supervision/", "/progress/"


@pytest.fixture
def year(tree, village, draft):
    """The year before, with a little of everything; one village was put out of use since."""
    finance, party = limited("财务收支", "每季度的首个月20日"), limited("党务", "每月公布一次", field="党务公开")
    generate(since=date(LAST, 1, 1))
    publish(draft, date(LAST, 4, 15), unit=village, item=finance, period=f"{LAST}-Q1", formed_on=date(LAST, 4, 1))
    publish(draft, date(LAST, 9, 1), unit=village, item=finance, period=f"{LAST}-Q2", formed_on=date(LAST, 7, 1))
    declare_nil(cell(tree["大绥河镇"], finance, f"{LAST}-Q3"), None, "没有发生")
    waive(tree["搜登站镇"], cell(tree["搜登站镇"], party, f"{LAST}-03").duty, f"{LAST}-03", None, "核查", TODAY + timedelta(days=30))
    Unit.objects.filter(pk=tree["半拉山村"].pk).update(active=False)
    return tree


@pytest.fixture
def enter(client, member):
    def act(role, unit):
        client.force_login(member(role, unit))
        return client

    return act


def page(client, url: str) -> str:
    response = client.get(html.unescape(url))
    assert response.status_code == 200, url
    return response.content.decode()


def links(text: str, path: str) -> list[str]:
    return [html.unescape(url) for url in re.findall(rf'href="({re.escape(path)}[^"]*)"', text)]


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    assert found, (pattern, text)
    return int(found[1])


def rows_behind(client, url: str) -> int:
    """The rows of a list, counted one by one through all its pages; the number that it says must be the same."""
    said, counted = None, 0
    while url:
        text = page(client, url)
        said = number(r"共 (\d+) 项", text)
        soup = BeautifulSoup(text, "html.parser")
        counted += len(soup.select("tbody th[scope=row]"))
        further = soup.find("a", string="下一页")
        url = further["href"] if further else ""
    assert counted == said
    return counted


def promised(soup: BeautifulSoup) -> list[tuple[str, int]]:
    """(address, number) of everything on a desk that stands for a list."""
    found = []
    for link in soup.select(".sv-figures a"):
        patterns = {"done": r"已公开 (\d+) 项", "on_time": r"按时 (\d+) 项", "complete": r"要素齐全 (\d+) 项"}
        words = patterns.get(re.search(r"state=(\w+)", link["href"])[1])
        found.append((link["href"], number(words, link.get_text()) if words else int(link.b.get_text())))
    found += [(link["href"], number(r"应公开 (\d+) 项", link.get_text())) for link in soup.select(".sv-heat td a")]
    found += [(link["href"], int(link.get_text())) for link in soup.select("[aria-labelledby=rank] tbody td a")]
    found += [
        (link["href"], number(r"(\d+) 项", link.get_text())) for link in soup.find_all("a", string=re.compile(r"^(全部|另有).* \d+ 项$"))
    ]
    return found


@pytest.mark.parametrize("base", [DESK, PROGRESS])
def test_every_number_on_every_level_is_the_length_of_the_list_behind_it(year, enter, client, base):
    enter(Role.SUPERVISOR, year["船营区"])
    waiting, seen, opened = [f"{base}?place=220204&period={LAST}"], set(), {}
    while waiting:
        url = waiting.pop()
        soup = BeautifulSoup(page(client, url), "html.parser")
        name = soup.select_one("#sv-place option[selected]").get_text()
        seen.add(name)
        for address, said in promised(soup):
            if address not in opened:
                opened[address] = rows_behind(client, address)
            assert opened[address] == said, (name, address)
        owed = number(r"应公开 (\d+) 项", soup.select_one(".sv-figures a").get_text())
        assert sum(number(r"应公开 (\d+) 项", row.select("td a")[-1].get_text()) for row in soup.select(".sv-heat tbody tr")) == owed
        waiting += [link["href"] for link in soup.select(".sv-heat th a")]
    assert seen == {"船营区", "搜登站镇", "大绥河镇", "搜登站村", "半拉山村", "大绥河村"}
    assert {re.search(r"state=(\w+)", address)[1] for address in opened} == {
        "owed", "done", "on_time", "late", "overdue", "nil", "waived", "complete",
    }  # fmt: skip


def test_the_way_down_goes_by_plain_links_to_the_receipt(year, enter, client, village):
    enter(Role.SUPERVISOR, year["船营区"])
    text = page(client, f"{DESK}?period={LAST}")
    town = next(url for url in links(text, f"{DESK}?") if f"place={year['搜登站镇'].code}" in url)
    text = page(client, town)
    place = next(url for url in links(text, f"{DESK}?") if f"place={village.code}" in url)
    text = page(client, place)
    done = next(url for url in links(text, f"{DESK}cells/") if "state=done" in url)
    one = links(page(client, done), f"{DESK}cell/")[0]
    text = page(client, one)
    assert f"公开凭证 {village.code}-1" in text
    assert f"{LAST}年04月15日 10:00 首次公开" in text or f"{LAST}年4月15日 10:00 首次公开" in text
    assert links(text, "/d/")


def test_a_clerk_sees_the_own_village_only(year, enter, client, village):
    enter(Role.CLERK, village)
    text = page(client, DESK)
    assert "搜登站村" in text
    assert not links(text, f"{DESK}?")
    for other in ("搜登站镇", "大绥河村", "船营区", "半拉山村"):
        for path in ("", "cells/", "cells.xlsx"):
            assert client.get(f"{DESK}{path}?place={year[other].code}").status_code == 404, (other, path)
    foreign = Obligation.objects.filter(unit=year["大绥河村"]).first()
    assert client.get(f"{DESK}cell/{foreign.pk}/").status_code == 404
    assert client.post(f"{DESK}cell/{foreign.pk}/", {"act": "declare", "reason": "没有发生"}).status_code == 404


def test_another_county_s_supervisor_finds_nothing(year, enter, client, village):
    enter(Role.SUPERVISOR, year["龙潭区"])
    assert client.get(f"{DESK}?place=220204").status_code == 404
    assert client.get(f"{DESK}cell/{Obligation.objects.filter(unit=village).first().pk}/").status_code == 404


def test_who_has_no_role_finds_nothing(year, client, member):
    from django.contrib.auth.models import Permission

    nobody = member()
    nobody.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(nobody)
    assert client.get(DESK).status_code == 404


@pytest.mark.parametrize("path", ["", "cells/", "cells.xlsx", "cell/{pk}/"])
def test_a_stranger_is_sent_to_the_door(year, client, path):
    answer = client.get(DESK + path.format(pk=Obligation.objects.first().pk))
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


@pytest.mark.parametrize(
    "query", ["period=x", "period=1999", "field=999999", "field=²", "state=nothing", "page=99999", "page=-1", "alone=x", "alone=1", "x=1"]
)
@pytest.mark.parametrize("base", [DESK, f"{DESK}cells/", PROGRESS, f"{PROGRESS}220204/", f"{PROGRESS}cells/"])
def test_a_wrong_filter_gets_a_normal_page(year, enter, client, base, query):
    enter(Role.SUPERVISOR, year["船营区"])
    page(client, f"{base}?{query}")


def test_an_unknown_place_is_not_there(year, client):
    assert client.get(f"{PROGRESS}?place=000000").status_code == 404
    assert client.get(f"{PROGRESS}000000/").status_code == 404


def test_the_filters_offer_what_can_be_chosen_and_keep_what_was(year, enter, client):
    enter(Role.SUPERVISOR, year["船营区"])
    field = LedgerField.objects.get(name="党务公开")
    soup = BeautifulSoup(page(client, f"{DESK}?place=220204101&period={LAST}-Q2&field={field.pk}"), "html.parser")
    chosen = [option.get_text() for option in soup.select(".sv-filter option[selected]")]
    assert chosen == [f"{LAST}年第二季度到期的", "搜登站镇", "党务公开"]
    assert [option.get_text() for option in soup.select("#sv-place option")] == ["船营区", "搜登站镇", "搜登站村", "半拉山村"]
    periods = [option["value"] for option in soup.select("#sv-period option")]
    assert [code for code in periods if code.startswith(str(LAST))] == [f"{LAST}", *(f"{LAST}-Q{part}" for part in (4, 3, 2, 1))]
    assert all(
        f"period={LAST}-Q2" in link["href"] and f"field={field.pk}" in link["href"] for link in soup.select(".sv-figures a, .sv-heat a")
    )


def cost(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, url)
    return len(captured)


def test_pages_cost_the_same_queries_with_more_units(year, enter, client, village):
    enter(Role.SUPERVISOR, year["船营区"])
    Unit.objects.update(active=True)
    one = f"{DESK}cell/{Obligation.objects.filter(unit=village, period=f'{LAST}-Q1').first().pk}/"
    urls = (
        DESK,
        f"{DESK}?place=220204101",
        f"{DESK}cells/?state=owed",
        PROGRESS,
        f"{PROGRESS}220204101/",
        f"{PROGRESS}cells/?state=owed",
        one,
    )
    for url in urls:
        page(client, url)
    before = {url: cost(client, url) for url in urls}
    for number_ in range(8):
        year["搜登站镇"].refresh_from_db()
        year["搜登站镇"].add_child(
            code=f"2204101{number_:05d}", name=f"新{number_}村委会", short_name=f"新{number_}村", level=5, kind="village"
        )
    limited("另一项", "每月公布一次", field="又一个领域")
    generate(since=date(LAST, 1, 1))
    assert {url: cost(client, url) for url in urls} == before


def test_the_page_of_a_cell_costs_the_same_however_much_was_said(year, enter, client, village, draft, member):
    enter(Role.SUPERVISOR, year["船营区"])
    found = Obligation.objects.get(unit=village, period=f"{LAST}-Q1", state=State.ON_TIME)
    url = f"{DESK}cell/{found.pk}/"
    page(client, url)
    before = cost(client, url)
    for day in (16, 17, 18):
        made = publish(draft, date(LAST, 4, day), unit=village, item=found.item, period=f"{LAST}-Q1", formed_on=date(LAST, 4, 1))
    withdraw(made, member("reviewer", village), "重复了")
    for month in (5, 6):
        waive(village, found.duty, found.period, None, "核查", date(2099, month, 1))
    text = page(client, url)
    assert cost(client, url) == before
    assert len(links(text, "/d/")) == 4
    assert "已经撤下，不算公开" in text
    assert "没有过" in text


def test_a_cell_says_what_the_law_asks_and_why_it_stands_so(year, enter, client, village):
    enter(Role.SUPERVISOR, year["船营区"])
    late = Obligation.objects.get(unit=village, state=State.LATE)
    late.item.basis, late.item.elements = "《中华人民共和国村民委员会组织法》第三十五条", "收入；支出"
    late.item.time_limit = "每季度的首个月20日前"
    late.item.save()
    text = page(client, f"{DESK}cell/{late.pk}/")
    for words in (
        "逾期后公开",
        "晚了 43 天",
        "第三十五条",
        "收入<br>支出",
        "每季度的首个月20日前（每季度首月20日前）",
        f"{LAST}年第二季度",
        f"{LAST}年7月20日",
    ):
        assert words in text, words
    blank = Obligation.objects.filter(unit=village, state=State.OPEN, due_on__lt=TODAY).first()
    text = page(client, f"{DESK}cell/{blank.pk}/")
    for words in (f"逾期 {(TODAY - blank.due_on).days} 天", "到今天没有公开，也没有申报", "没有公开过，也没有人申报过"):
        assert words in text, words


def test_a_disclosure_that_missed_its_own_limit_makes_the_cell_late_and_the_page_says_so(tree, enter, client, village, draft):
    approvals = limited("宅基地审批", "信息形成之日起20个工作日内")
    generate(since=date(LAST, 1, 1))
    for day, formed in ((date(LAST, 7, 20), date(LAST, 7, 6)), (date(LAST, 10, 9), date(LAST, 8, 4))):
        publish(draft, day, unit=village, item=approvals, formed_on=formed)
    found = cell(village, approvals, f"{LAST}-Q3")
    enter(Role.SUPERVISOR, tree["船营区"])
    text = page(client, f"{DESK}cell/{found.pk}/")
    assert "有一条超过了它自己的时限，算逾期" in text
    assert text.count("超过了</b>") == 1


def blank_of(village) -> Obligation:
    return Obligation.objects.filter(unit=village, state=State.OPEN, due_on__lt=TODAY).first()


def said(client, cell_: Obligation, **data: str) -> str:
    return client.post(f"{DESK}cell/{cell_.pk}/", data, follow=True).content.decode()


def test_a_clerk_declares_nil_and_takes_it_back_and_hears_why_not(year, enter, client, village):
    found = blank_of(village)
    enter(Role.CLERK, village)
    assert "请选一个原因" in said(client, found, act="declare")
    assert "已申报" in said(client, found, act="declare", reason="没有发生")
    assert "已经报过" in said(client, found, act="declare", reason="没有发生")
    assert NilDeclaration.objects.filter(undone_at=None, unit=village).count() == 1
    assert "已撤回" in said(client, found, act="undo")
    assert "已经撤回了" in said(client, found, act="undo")
    for act in ("waive", "extend", "exempt", "nonsense"):  # not a clerk's to give
        data = {"act": act, "reason": "x", "day": "2099-01-01", "since": "2020-01-01"}
        assert client.post(f"{DESK}cell/{found.pk}/", data).status_code == 404, act
    found.refresh_from_db()
    assert found.state == State.OPEN


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.REVIEWER])
def test_who_only_looks_is_offered_no_form_and_may_post_none(year, enter, client, village, role):
    found = blank_of(village)
    enter(role, year["船营区"])
    soup = BeautifulSoup(page(client, f"{DESK}cell/{found.pk}/"), "html.parser")
    assert soup.select("button[name=act]") == []
    assert client.post(f"{DESK}cell/{found.pk}/", {"act": "declare", "reason": "没有发生"}).status_code == 404


def test_an_administrator_extends_and_waives(year, enter, client, village):
    found = blank_of(village)
    enter(Role.ADMINISTRATOR, year["船营区"])
    assert "日期要写成" in said(client, found, act="extend", reason="水灾", day="下周")
    assert "要写明原因" in said(client, found, act="extend", reason=" ", day="2099-01-01")
    assert "日期不能早于今天" in said(client, found, act="waive", reason="水灾", day="2020-01-01")
    assert "已延期" in said(client, found, act="extend", reason="水灾", day="2099-01-01")
    assert "要晚于原来" in said(client, found, act="extend", reason="水灾", day="2098-01-01")
    text = said(client, found, act="waive", reason="核查", day="2099-02-01")
    assert "已批准不公开" in text
    assert "经批准到2099年2月1日为止不公开" in text
    found.refresh_from_db()
    assert (found.state, found.due_on) == (State.WAIVED, date(2099, 1, 1))


def test_an_administrator_exempts_a_unit_from_a_duty(year, enter, client, village):
    found = Obligation.objects.filter(unit=village, state=State.OPEN, due_on__lt=TODAY, duty__item__level1="财务收支").latest("due_on")
    enter(Role.ADMINISTRATOR, year["船营区"])
    assert "日期要写成" in said(client, found, act="exempt", reason="没有集体土地")
    assert "要写明原因" in said(client, found, act="exempt", since=f"{LAST}-01-01")
    assert "不能早于" in said(client, found, act="exempt", reason="x", since=f"{LAST}-05-01", until=f"{LAST}-04-01")
    assert not Exemption.objects.exists()
    answer = client.post(f"{DESK}cell/{found.pk}/", {"act": "exempt", "reason": "没有集体土地", "since": f"{LAST}-01-01"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{DESK}?place={village.code}"
    assert "已定为不适用" in answer.content.decode()
    assert set(Obligation.objects.filter(unit=village, duty=found.duty).values_list("state", flat=True)) == {State.ON_TIME, State.LATE}
    kept = Obligation.objects.get(unit=village, state=State.ON_TIME)
    assert "没有集体土地" in page(client, f"{DESK}cell/{kept.pk}/")
    assert generate(since=date(LAST, 1, 1)).made == 0


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
