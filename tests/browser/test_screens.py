"""A resident goes from the home page to the village's accounts, sees what was corrected and withdrawn, and checks the proof."""

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from openness.disclosures.periods import period_label, period_of

from .test_axe import AXE, RUN

VILLAGE, TOWN = "/u/220204100201/", "/u/220204100/"
# The pages' own looks, as a phone and a desk show them.
LOOKS = [(360, ""), (360, "xl"), (1280, ""), (1280, "l")]


def newest_quarter() -> str:
    return period_label(period_of(date.today(), "quarter").before().code)


def to_the_village(page: Page) -> None:
    page.goto("/?town=220204101")
    page.get_by_label("村（社区）", exact=True).select_option("搜登站村")
    page.get_by_role("button", name="进去看看").click()


def test_from_home_to_the_accounts_of_the_quarter_in_three_taps(page_without_script: Page):
    page = page_without_script
    to_the_village(page)
    accounts = page.get_by_role("region", name="村里的账")
    expect(accounts).to_be_visible()
    accounts.get_by_role("link", name=newest_quarter(), exact=True).click()
    expect(page.locator("h1")).to_contain_text("财务收支")
    expect(page.locator(".say").first).to_contain_text(re.compile(r"收入 [\d,.]+ 元，支出 [\d,.]+ 元，季末还剩"))


def test_a_screen_reader_hears_item_state_and_due_date_in_that_order(page: Page):
    page.goto(VILLAGE)
    heard = page.locator("table.cat--unit tbody tr").first.aria_snapshot()
    cells = re.findall(r'- cell "([^"]*)"', heard)
    assert heard.index("rowheader") < heard.index("cell")
    assert re.search("已公开|逾期|还剩|本期无此事项|未到时间", cells[0]), heard
    assert re.fullmatch(r"\d{4}年\d+月\d+日|有事项时", cells[1]), heard


def test_what_was_corrected_what_was_withdrawn_and_the_proof_of_both(page: Page):
    page.goto(VILLAGE)
    page.locator(".accounts a").first.click()
    page.get_by_role("link", name="看改前改后").click()
    expect(page.locator("del").first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="核对凭据").first.click()
    expect(page.locator(".say")).to_contain_text("一个字不差")
    page.get_by_role("link", name="下一号").click()
    expect(page.locator(".say")).to_contain_text("撤下的记录")
    page.locator("dl a").nth(1).click()
    expect(page.locator("h1")).to_have_text("这条内容已撤下")
    page.get_by_role("link", name="更正后重新公开").click()
    expect(page.locator("h1")).to_contain_text("更正后重新公开")


def test_the_year_on_the_wall_is_one_sheet_across(page: Page):
    page.goto(f"{VILLAGE}?by=month")
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    width, height = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", sheet).groups()
    assert float(width) > float(height)


def addresses(page: Page) -> list[str]:
    """One of each of these pages, found as people find them."""
    page.goto(VILLAGE)
    text = page.locator(".accounts a").first.get_attribute("href")
    item = page.locator("table.cat--unit th a").first.get_attribute("href")
    late = page.locator(".mini .late a, .mini .nil a").first.get_attribute("href")
    page.goto(text)
    changes = page.get_by_role("link", name="看改前改后").first.get_attribute("href")
    receipt = page.get_by_role("link", name="核对凭据").first.get_attribute("href")
    fixed = [VILLAGE, f"{VILLAGE}?by=month", TOWN, "/u/220204/", "/catalog/?who=village", "/receipt/?n=1", "/nothing/"]
    return [*fixed, text, item, late, changes, receipt]


@pytest.mark.parametrize(("width", "size"), LOOKS)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(browser: Browser, site: str, width: int, size: str):
    context = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": width, "height": 800})
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    for address in addresses(page):
        page.goto(f"{address}{'&' if '?' in address else '?'}size={size}")
        page.evaluate(AXE)
        problems += [f"{address} {one}" for one in page.evaluate(RUN, None)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            problems.append(f"{address} is wider than the screen")
    context.close()
    assert not problems, "\n".join(problems)
