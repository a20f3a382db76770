"""The box offers what is meant while somebody types: by pinyin, by keys, by tapping; never in the way of plain typing."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    made = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": 360, "height": 740}, has_touch=True)
    yield made.new_page()
    made.close()


def wait_for_terms(page: Page) -> None:
    """The drain of the fresh server reads the terms within seconds of its start."""
    for _try in range(100):
        if page.request.get("/search/suggest?q=zjd").json()["suggestions"]:
            return
        page.wait_for_timeout(200)
    raise AssertionError("the server offers no terms")


def asked(page: Page) -> list[str]:
    """Addresses that the box asks from now on."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if "/search/suggest" in request.url else None)
    return seen


@pytest.mark.parametrize("address", ["/", "/catalog/", "/search/"])
def test_pinyin_leads_to_results_by_keys(page: Page, address: str):
    wait_for_terms(page)
    page.goto(address)
    box = page.get_by_role("combobox", name="您想查什么")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("dibao")
    offers = page.get_by_role("listbox", name="搜索提示")
    option = offers.get_by_role("option").filter(has_text="最低生活保障").first
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    while "最低生活保障" not in box.input_value():
        box.press("ArrowDown")
    chosen = offers.locator("[aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    box.press("Enter")
    expect(page).to_have_url(re.compile("/search/"))
    expect(page.locator("#count")).to_contain_text(re.compile(r"找到 [1-9]\d* 条"))
    expect(page.locator(".hit mark").first).to_be_visible()


def test_escape_and_the_way_back_leave_what_was_typed(page: Page):
    wait_for_terms(page)
    page.goto("/")
    box = page.locator("#q")
    box.press_sequentially("zjd")
    offers = page.get_by_role("listbox", name="搜索提示").get_by_role("option")
    expect(offers.first).to_be_visible()
    box.press("ArrowDown")
    assert box.input_value() != "zjd"
    box.press("ArrowUp")
    assert box.input_value() == "zjd"
    box.press("ArrowUp")
    expect(offers.last).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(offers.first).to_be_hidden()
    assert box.input_value() == "zjd"
    box.press("ArrowDown")
    expect(offers.first).to_be_visible()
    page.locator("h1").click()
    expect(offers.first).to_be_hidden()


def test_nothing_is_asked_until_the_characters_are_chosen(page: Page):
    wait_for_terms(page)
    page.goto("/")
    seen = asked(page)
    box = page.locator("#q")
    box.focus()
    composer = page.context.new_cdp_session(page)
    for letters in ("z", "zh", "zhai", "zhai ji di"):
        composer.send("Input.imeSetComposition", {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)})
    page.wait_for_timeout(400)
    assert seen == []
    composer.send("Input.insertText", {"text": "宅基地"})
    expect(page.get_by_role("option").first).to_contain_text("宅基地")
    assert len(seen) == 1


def test_quick_typing_asks_once(page: Page):
    wait_for_terms(page)
    page.goto("/")
    seen = asked(page)
    page.locator("#q").press_sequentially("zhaijidi", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("宅基地")
    assert len(seen) == 1


@pytest.mark.parametrize("size", ["", "l", "xl"])
def test_tapping_on_a_phone_in_any_size(phone: Page, size: str):
    wait_for_terms(phone)
    phone.goto(f"/?size={size}")
    phone.locator("#q").tap()
    phone.locator("#q").press_sequentially("db")
    option = phone.get_by_role("option").filter(has_text="最低生活保障").first
    expect(option).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert option.bounding_box()["height"] >= (48 if not size else 60)
    option.tap()
    expect(phone).to_have_url(re.compile("/search/.*q="))
    expect(phone.locator("#q")).to_have_value(re.compile("最低生活保障"))


def test_a_title_opens_at_once(page: Page):
    wait_for_terms(page)
    page.goto("/")
    page.locator("#q").fill("危房改造")
    title = page.get_by_role("option").filter(has_text="公开内容").first
    words = title.locator("b").inner_text()
    title.click()
    expect(page.locator("h1")).to_have_text(words)


def test_conditions_stay_when_a_term_is_chosen(page: Page):
    wait_for_terms(page)
    page.goto("/search/?q=名单&category=名单和发放")
    page.locator("#q").fill("dibao")
    page.get_by_role("option").first.click()
    expect(page).to_have_url(re.compile("category="))


def test_without_script_it_is_a_plain_box(page_without_script: Page):
    page = page_without_script
    page.goto("/")
    expect(page.get_by_role("combobox", name="您想查什么")).to_have_count(0)
    page.get_by_role("searchbox").fill("宅基地")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#count")).to_contain_text("找到")
