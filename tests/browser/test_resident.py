"""A resident finds what the village disclosed, with and without JavaScript."""

import re

from playwright.sync_api import Page, expect


def test_a_resident_searches_narrows_and_reads(page: Page):
    page.goto("/")
    page.locator("#q").fill("低保")
    page.get_by_role("button", name="搜一搜").click()
    expect(page.locator("#count")).to_contain_text(re.compile(r"找到 \d+ 条"))
    all_hits = int(re.search(r"\d+", page.locator("#count").inner_text()).group())
    page.get_by_role("checkbox", name=re.compile("^大绥河镇")).check()
    page.get_by_role("button", name="按这些条件查").click()
    fewer = int(re.search(r"\d+", page.locator("#count").inner_text()).group())
    assert 0 < fewer < all_hits
    page.locator(".hit a").first.click()
    expect(page.locator("h1")).to_contain_text("低保")
    expect(page.get_by_text("公开凭证")).to_be_visible()


def test_the_exact_title_is_the_first_hit(page: Page):
    page.goto("/search/?q=财务收支&sort=newest")
    title = page.locator(".hit a").nth(3).inner_text()
    page.goto("/")
    page.locator("#q").fill(title)
    page.get_by_role("button", name="搜一搜").click()
    expect(page.locator(".hit a").first).to_have_text(title)


def test_a_village_is_two_choices_away_without_script(page_without_script: Page):
    page = page_without_script
    page.goto("/")
    page.get_by_label("乡镇（街道）", exact=True).select_option("大绥河镇")
    page.get_by_role("button", name="选村（社区）").click()
    page.get_by_label("村（社区）", exact=True).select_option("东风村")
    page.get_by_role("button", name="进去看看").click()
    expect(page.locator("h1")).to_have_text("东风村公开目录")
    page.get_by_role("link", name="各项收入").click()
    expect(page.locator("h1")).to_have_text("各项收入")


def test_search_works_without_script_on_a_phone(page_without_script: Page):
    page = page_without_script
    page.goto("/search/?q=村规民约")
    expect(page.locator(".hit").first).to_be_visible()
    page.locator("summary").click()
    page.get_by_role("radio", name="最新公开").check()
    page.get_by_role("button", name="按这些条件查").click()
    assert "sort=newest" in page.url


def test_large_type_stays_while_reading(page_without_script: Page):
    page = page_without_script
    page.goto("/catalog/")
    page.get_by_role("link", name="长辈版").click()
    expect(page.locator("html")).to_have_attribute("data-size", "l")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-size", "l")


def test_public_pages_run_no_foreign_or_inline_script(page: Page):
    problems, hosts = [], set()
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for address in ("/", "/catalog/", "/u/220204101/", "/progress/", "/search/?q=低保"):
        page.goto(address)
    page.locator(".hit a").first.click()
    expect(page.get_by_text("公开凭证")).to_be_visible()
    assert problems == []
    assert len(hosts) == 1
