"""The pages of signing, reviewing, delegation and hand-over: axe finds nothing in light or dark, nothing is wider than a phone, no word is English."""

import pytest
from playwright.sync_api import Browser, Page

from ..words.english import english_of_page
from .test_axe import first_link, violations
from .test_journey import sign_in

PAGES = {
    "qianzi": ("/admin/waiting/sign/", "/admin/delegations/", "/admin/who-may/"),
    "shenhe": ("/admin/waiting/review/", "/admin/signing-rules/"),
    "guanli": ("/admin/signing-rules/", "/admin/hand-over/", "/admin/delegations/"),
    "shenji": ("/admin/waiting/review/", "/admin/hand-over/"),
}
TEXT = r"/admin/texts/\d+/"


def enter(browser: Browser, site: str, name: str, width: int) -> Page:
    page = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": width, "height": 800}).new_page()
    page.goto("/admin/login/")
    sign_in(page, name)
    return page


def addresses(page: Page, name: str) -> list[str]:
    """The lists, and the text that stands first in the person's own."""
    step = {"qianzi": "sign", "shenhe": "review"}.get(name)
    return [*PAGES[name], *([first_link(page, f"/admin/waiting/{step}/", TEXT)] if step else [])]


@pytest.mark.parametrize("name", PAGES)
def test_in_light_and_dark(browser: Browser, site: str, name: str):
    page = enter(browser, site, name, 1280)
    assert [one for address in addresses(page, name) for one in violations(page, address)] == []
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_and_in_chinese(browser: Browser, site: str, name: str):
    page = enter(browser, site, name, 360)
    for address in addresses(page, name):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert english_of_page(page.content()) == set(), address
    page.context.close()
