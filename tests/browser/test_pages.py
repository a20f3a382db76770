"""Composed pages, the home page and the site map in a real browser: nothing is blocked, nothing is broken, places that were looked at are offered again."""

import pytest
from playwright.sync_api import Page, expect

from .test_axe import AXE, RUN

PATHS = ("/", "/?town=220204101#pick", "/help/", "/village-accounts/", "/openness/", "/openness/guide/", "/openness/statutory/", "/map/")
_BUDGET = 60_000


def listen(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("width", "size"), [(360, ""), (1280, ""), (360, "xl"), (1280, "l")])
def test_it_can_be_read_by_everybody(page: Page, path: str, width: int, size: str):
    said = listen(page)
    page.set_viewport_size({"width": width, "height": 800})
    address, _hash, anchor = path.partition("#")
    page.goto(f"{address}{'&' if '?' in address else '?'}size={size}#{anchor}")
    page.evaluate(AXE)
    assert page.evaluate(RUN, None) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []  # no script and no data was blocked by the policy


def test_the_home_page_is_light(page: Page):
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))
    page.goto("/", wait_until="networkidle")
    assert len(sizes) <= 12
    assert sum(sizes) <= _BUDGET


def test_a_village_looked_at_is_offered_on_the_home_page(page: Page):
    page.goto("/")
    expect(page.get_by_text("上次看过")).to_be_hidden()
    page.select_option("#town", "220204101")
    page.get_by_role("button", name="选村（社区）").click()
    page.locator("#village").select_option(index=1)
    page.get_by_role("button", name="进去看看").click()
    name = page.locator(".crumbs [aria-current=page]").inner_text()
    page.goto("/")
    page.locator("[data-last-seen]").get_by_role("link", name=name).click()
    expect(page.locator("h1")).to_contain_text(name)


def test_without_a_script_the_section_s_column_is_open(page_without_script: Page):
    page_without_script.goto("/openness/")
    expect(page_without_script.get_by_role("link", name="依申请公开").first).to_be_visible()
