"""A clerk with a telephone publishes a quarterly account from a pasted spreadsheet, with and without JavaScript; axe finds nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .test_axe import AXE, RUN
from .test_journey import sign_in

ITEM = "村级财务 · 各项支出"
BOOK = "日期\t摘要\t支出（元）\t凭证号\n2026/7/3\t村内道路修补\t￥18,400.50\t记-1\n8月5日\t办公费\t１，２００\t记-2\n\t合计\t19,600.50\t\n"
PASTE = """([selector, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture(scope="module")
def state(browser: Browser, site: str) -> object:
    context = browser.new_context(base_url=site, locale="zh-CN")
    sign_in(context.new_page(), "jingban")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def phone(browser: Browser, site: str, state: object, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site, locale="zh-CN", viewport={"width": 360, "height": 740}, storage_state=state, java_script_enabled=request.param
    )
    context.scripted = request.param
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(browser: Browser, site: str, state: object) -> Iterator[Page]:
    context = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": 360, "height": 740}, storage_state=state)
    yield context.new_page()
    context.close()


def address(page: Page, item: str) -> str:
    """The form for an item, as the list of what is to be done opens it."""
    page.goto("/admin/snippets/disclosures/disclosure/add/")
    number = page.locator("select[name=item] option").filter(has_text=re.compile(f"^{item}$")).get_attribute("value")
    return f"unit=220204101200&item={number}&period=2026-Q3"


def write_with_script(page: Page, query: str) -> None:
    page.goto(f"/admin/snippets/disclosures/disclosure/add/?{query}")
    page.get_by_role("button", name="从表格粘贴").click()
    page.evaluate(PASTE, [".grid-panel textarea", BOOK])
    expect(page.locator(".grid-took")).to_contain_text("读到 2 行。")
    expect(page.locator(".grid-took")).to_contain_text("第 4 行是合计或结余")
    expect(page.get_by_label("第 1 行，金额（元）")).to_have_value("18400.50")
    expect(page.get_by_label("第 2 行，日期")).to_have_value("2026-08-05")
    page.locator("[name$='-opening']").fill("400")
    page.locator("[name$='-closing']").fill("20000")
    expect(page.locator(".ledger-result")).to_contain_text("期末应当是 20,000.50 元。和填的差 0.50 元")
    page.locator("[name$='-closing']").fill("20000.50")
    expect(page.locator(".ledger-result")).to_contain_text("对得上")
    page.get_by_role("button", name="更多动作").last.click()
    page.locator("button[name=action-submit]").click()
    page.wait_for_load_state()


def write_without_script(page: Page, query: str) -> None:
    page.goto(f"/admin/forms/plain/?{query}")
    page.get_by_role("button", name="开始填写").click()
    page.get_by_label("把表格粘贴到这里").fill(BOOK)
    page.get_by_label("期初（元）").fill("400")
    page.get_by_label("期末（元）").fill("20000")
    page.get_by_role("button", name="存好并交审核").click()
    expect(page.locator(".messages")).to_contain_text("差 0.50 元")
    page.get_by_label("期末（元）").fill("20000.50")
    page.get_by_role("button", name="存好并交审核").click()
    expect(page.locator(".messages")).to_contain_text("交上去了")


def approve(browser: Browser, site: str, title: str) -> None:
    """Signed by the village's committee, then approved by the township."""
    for name, button, came in (("qianzi", "签字", "签好了"), ("shenhe", "审核通过，公开", "已公开")):
        context = browser.new_context(base_url=site, locale="zh-CN")
        page = context.new_page()
        sign_in(page, name)
        page.get_by_role("link", name=title).first.click()
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(".messages")).to_contain_text(came)
        context.close()


def test_a_quarterly_account_from_a_pasted_spreadsheet_to_the_public_page(phone: Page, browser: Browser, site: str):
    title = "2026年第三季度各项支出"
    with_script = phone.context.scripted
    query = address(phone, ITEM) if with_script else _query(browser, site, phone)
    (write_with_script if with_script else write_without_script)(phone, query)
    approve(browser, site, title)
    phone.goto("/search/?q=2026年第三季度各项支出")
    phone.goto(_public(phone, title))
    expect(phone.locator("h1")).to_have_text(title)
    expect(phone.locator("article")).to_contain_text("期初累计 400.00 ＋ 本期支出 19,600.50 ＝ 期末累计 20,000.50 元")


def _query(browser: Browser, site: str, phone: Page) -> str:
    """The numbers of items are in the page without scripts as well."""
    return address(phone, ITEM)


def _public(page: Page, title: str) -> str:
    page.goto("/u/220204101200/")
    found = page.get_by_role("link", name=title).first.get_attribute("href")
    assert found
    return found


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    page.emulate_media(color_scheme="light")
    light = page.evaluate(RUN, None)
    page.emulate_media(color_scheme="dark")
    return light + page.evaluate(RUN, ["color-contrast"])


def ours(found: list[str]) -> list[str]:
    return [one for one in found if re.search(r"grid|element|ledger|guide|plain", one)]


def test_form_and_page_without_scripts_pass_axe_and_fit_a_phone(scripted: Page):
    page = scripted
    for item in (ITEM, "涉农补贴 · 耕地地力保护"):
        query = address(page, item)
        page.goto(f"/admin/snippets/disclosures/disclosure/add/?{query}")
        expect(page.locator(".element-help, .grid-box").first).to_be_visible()
        assert ours(violations(page)) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(f"/admin/forms/plain/?{query}")
    assert violations(page) == []
    page.get_by_role("button", name="开始填写").click()
    page.get_by_label("把 Word 文档（.docx）导入到后面").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_pasting_can_be_taken_back_and_what_is_unclear_is_said(scripted: Page):
    page = scripted
    page.goto(f"/admin/snippets/disclosures/disclosure/add/?{address(page, ITEM)}")
    page.get_by_role("button", name="从表格粘贴").click()
    page.evaluate(PASTE, [".grid-panel textarea", "日期\t摘要\t支出\n上周\t租金\t三百\n"])
    expect(page.locator(".grid-unread")).to_contain_text("第 2 行：金额（元）“三百”看不懂")
    expect(page.get_by_label("第 1 行，金额（元）")).to_have_value("三百")
    page.get_by_role("button", name="撤销").click()
    assert "三百" not in page.locator(".grid-table input").evaluate_all("cells => cells.map(cell => cell.value)")
    page.get_by_role("button", name="加一行").click()
    page.evaluate(PASTE, [".grid-table input", BOOK])
    expect(page.get_by_label("第 2 行，金额（元）")).to_have_value("1200.00")


def test_a_spreadsheet_is_dropped_into_the_table(scripted: Page, tmp_path: Path):
    from openpyxl import Workbook

    book = Workbook()
    for row in (["日期", "摘要", "支出"], ["2026-07-03", "清沟", 300.5]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    page = scripted
    page.goto(f"/admin/snippets/disclosures/disclosure/add/?{address(page, ITEM)}")
    page.get_by_role("button", name="从表格粘贴").click()
    page.locator(".grid-panel input[type=file]").set_input_files(tmp_path / "a.xlsx")
    expect(page.get_by_label("第 1 行，金额（元）")).to_have_value("300.50")


def test_autosave_speaks_chinese_and_does_not_scold_an_empty_form(scripted: Page):
    page = scripted
    indicator = page.locator("#w-autosave-indicator")
    page.goto("/admin/snippets/disclosures/disclosure/add/")
    page.locator("input[name=summary]").fill("还没有选事项")
    page.locator("input[name=title]").click()
    page.wait_for_timeout(18_000)
    expect(indicator).not_to_have_attribute("data-w-autosave-state-value", re.compile("paused|saving"))
    page.goto(f"/admin/snippets/disclosures/disclosure/add/?{address(page, '涉农补贴 · 耕地地力保护')}")
    page.wait_for_timeout(3_000)  # the page looks first at what is there; a person is slower than this test
    page.locator(".element-block textarea").first.fill("按县里办法办理。")
    page.locator("input[name=summary]").click()
    expect(indicator).to_contain_text(re.compile(r"已自动存好，\d\d:\d\d"), timeout=40_000)
