"""A supervisor works at the desk, with and without JavaScript: number, list, cell, receipt; urging, an order, a notice."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .test_journey import sign_in

DESK = "/admin/supervision/"
TOWN = "大绥河镇"


@pytest.fixture(scope="module")
def signed_in(browser: Browser, site: str):
    """signed_in("jiandu", script=False): a page of somebody who signed in once."""
    states: dict[str, object] = {}
    opened: list[BrowserContext] = []

    def enter(name: str, *, script: bool = True) -> Page:
        if name not in states:
            first = browser.new_context(base_url=site, locale="zh-CN")
            sign_in(first.new_page(), name)
            states[name] = first.storage_state()
            first.close()
        context = browser.new_context(
            base_url=site, locale="zh-CN", java_script_enabled=script, storage_state=states[name], viewport={"width": 1280, "height": 900}
        )
        opened.append(context)
        return context.new_page()

    yield enter
    for context in opened:
        context.close()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def supervisor(signed_in, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = signed_in("jiandu", script=request.param)
    yield page
    page.context.close()


def number(pattern: str, words: str) -> int:
    found = re.search(pattern, words)
    assert found, (pattern, words)
    return int(found[1])


def choose(page: Page) -> None:
    """The quarter that ended last, and a township."""
    page.goto(DESK)
    page.get_by_label("哪一期").select_option(index=2)
    page.get_by_label("哪个地方").select_option(TOWN)
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_label("哪个地方").locator("option:checked")).to_have_text(TOWN)


def rows(page: Page) -> int:
    """Counted one by one through all pages of the list."""
    counted = 0
    while True:
        counted += page.locator(".sv-list tbody th[scope=row]").count()
        further = page.get_by_role("link", name="下一页")
        if not further.count():
            return counted
        further.click()


def test_from_a_number_of_the_heat_map_to_the_receipt(supervisor: Page):
    page = supervisor
    choose(page)
    cells = page.locator(".sv-heat tbody tr").first.locator("td a")
    owed = number(r"应公开 (\d+) 项", cells.last.text_content() or "")
    cells.last.click()
    expect(page.locator("#cells")).to_contain_text(f"共 {owed} 项")
    assert rows(page) == owed
    choose(page)
    page.locator(".sv-figures a").first.click()
    title = page.locator("tbody td a").first.inner_text()
    page.locator("tbody td a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(page.get_by_text(re.compile(r"公开凭证 220204\d+-\d+")).first).to_be_visible()


def test_a_cell_is_urged_and_not_twice_within_a_day(supervisor: Page):
    page = supervisor
    page.goto(f"{DESK}?place=220204")
    waiting = page.locator("[aria-labelledby=late] tbody tr").filter(has_text="还没催办").first.locator("input")
    key = waiting.get_attribute("value")
    for sentence in ("已催办 1 项。", "一项 24 小时内只能催一次。"):
        page.locator(f"input[name=id][value='{key}']").check()
        page.get_by_role("button", name="给选中的发催办").click()
        expect(page.locator(".messages")).to_contain_text(sentence)
    assert "place=220204" in page.url


def test_an_order_from_issue_to_closed(signed_in):
    supervisor, reviewer = signed_in("jiandu"), signed_in("shenhe")
    supervisor.goto("/admin/supervision/cells/?place=220204101&state=overdue")
    supervisor.locator("tbody td a").first.click()
    supervisor.get_by_role("link", name="下达整改").click()
    supervisor.get_by_role("button", name="下达").click()
    expect(supervisor.locator(".messages")).to_contain_text("整改已经下达")
    address = supervisor.url
    reviewer.goto(address)
    reviewer.get_by_label("说明").fill("账目已经补上。")
    reviewer.get_by_role("button", name="答复").click()
    expect(reviewer.locator("table").first).to_contain_text("等复核")
    supervisor.goto(address)
    supervisor.get_by_role("button", name="办结").click()
    expect(supervisor.locator("table").first).to_contain_text("已办结")
    expect(supervisor.get_by_role("region", name="经过").locator("tbody tr")).to_have_count(3)


def test_a_notice_is_a_workbook_and_a_page_to_print(signed_in):
    page = signed_in("jiandu")
    page.goto("/admin/supervision/notices/")
    page.locator("tbody th a").first.click()
    title = page.get_by_role("heading", level=1).inner_text().strip()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("下载表格")).click()
    assert download.value.path().read_bytes().startswith(b"PK")
    page.get_by_role("link", name="打印的样子").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_residents_see_the_figures_of_the_desk(supervisor: Page):
    page = supervisor
    choose(page)
    inside, query = page.locator(".sv-figures b").all_inner_texts(), page.url.partition("?")[2]
    page.goto(f"/progress/?{query}")
    expect(page.locator("h1")).to_have_text(f"{TOWN}公开进度")
    assert page.locator(".sv-figures b").all_inner_texts() == inside
    assert "%" in inside[0]


def test_the_trend_is_drawn_without_a_refusal_by_the_content_security_policy(signed_in):
    page, refused = signed_in("jiandu"), []
    page.on("console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None)
    page.goto(DESK)
    expect(page.locator(".sv-chart svg")).to_be_visible()
    expect(page.locator(".sv-chart")).to_contain_text("及时率")
    assert refused == []


def test_the_trend_is_a_table_too(supervisor: Page):
    supervisor.goto(DESK)
    table = supervisor.locator("[aria-labelledby=trend] tbody tr")
    expect(table).to_have_count(2)
    assert len(re.findall(r"\d%", table.first.inner_text())) >= 3
