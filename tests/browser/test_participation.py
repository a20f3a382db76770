"""A resident leaves a message, the clerk answers, the township approves, the resident reads the answer: on a phone, with scripts and without."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from ..words.english import english_of_page
from .test_axe import AXE, RUN, first_link
from .test_journey import sign_in

VILLAGE = "220204101200"
PHONE = "13900000023"
PUBLIC = (
    "/messages/",
    "/messages/new/",
    f"/messages/new/?unit={VILLAGE}",
    "/messages/follow/",
    "/requests/",
    "/requests/new/?unit=220204101",
)
STAFF = {
    "jingban": ("/admin/messages/", "/admin/messages/new/"),
    "shenhe": ("/admin/messages/?show=drafted",),
    "jiandu": ("/admin/messages/",),
}


def phone(browser: Browser, site: str, *, scripts: bool = True) -> Page:
    return browser.new_context(
        base_url=site, locale="zh-CN", java_script_enabled=scripts, viewport={"width": 360, "height": 740}
    ).new_page()  # fmt: skip


def send(page: Page, words: str) -> str:
    """Returns the number."""
    page.goto(f"/messages/new/?unit={VILLAGE}")
    page.get_by_label("想说什么").fill(words)
    page.get_by_label("怎么称呼您").fill("示例李大娘")
    page.get_by_label("电话", exact=True).fill("139 0000 0023")
    page.wait_for_timeout(3500)  # a person needs longer; who is quicker is asked to look again
    page.get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_have_text("已收到")
    return page.locator(".number").inner_text()


def follow(page: Page, number: str) -> None:
    page.goto(f"/messages/follow/?number={number}")
    page.get_by_label("电话", exact=True).fill(PHONE)
    page.get_by_role("button", name="查", exact=True).click()
    expect(page.locator("h1")).to_contain_text(number)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_a_resident_s_words_to_the_answer(browser: Browser, site: str, scripts: bool):
    words = f"井盖坏了{'有脚本' if scripts else '没脚本'}，我电话13912345678"
    resident = phone(browser, site, scripts=scripts)
    number = send(resident, words)
    follow(resident, number)
    expect(resident.get_by_text("已收到").first).to_be_visible()

    clerk = phone(browser, site, scripts=scripts)
    sign_in(clerk, "jingban")
    clerk.goto("/admin/messages/")
    clerk.get_by_role("link", name=re.compile(words[:7])).click()
    expect(clerk.get_by_label("公开的文字")).to_have_value(re.compile(r"139\*\*\*\*5678"))
    clerk.get_by_role("button", name="看过了，可以公开").click()
    clerk.get_by_label("答复的话").fill("明天换新井盖。")
    clerk.get_by_role("button", name="交上去审核").click()
    expect(clerk.locator(".messages").first).to_contain_text("等镇里审核")

    follow(resident, number)
    expect(resident.get_by_text("明天换新井盖")).to_have_count(0)

    reviewer = phone(browser, site, scripts=scripts)
    sign_in(reviewer, "shenhe")
    reviewer.goto("/admin/messages/?show=drafted")
    reviewer.get_by_role("link", name=re.compile(words[:7])).click()
    reviewer.get_by_role("button", name="审核通过").click()

    follow(resident, number)
    expect(resident.get_by_text("明天换新井盖")).to_be_visible()
    resident.get_by_label("满意", exact=True).check()
    resident.get_by_role("button", name="交评价").click()
    expect(resident.get_by_text("您的评价：满意")).to_be_visible()
    resident.goto(f"/messages/?unit={VILLAGE}")
    expect(resident.get_by_text(words[:7]).first).to_be_visible()
    assert "13912345678" not in resident.content()
    assert PHONE not in resident.content()
    for page in (resident, clerk, reviewer):
        page.context.close()


@pytest.mark.parametrize("size", ["", "xl"])
def test_the_public_pages_are_accessible_and_fit_a_phone(browser: Browser, site: str, size: str):
    page = phone(browser, site)
    page.goto(f"/?size={size}")
    message = first_link(page, "/messages/?show=answered", r"/messages/\d{4}-\d{4}-\d+/")
    for address in (*PUBLIC, message):
        assert page.goto(address).status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
        page.evaluate(AXE)
        assert page.evaluate(RUN, None) == [], address
    page.goto(PUBLIC[2])
    page.get_by_role("button", name="提交").click()
    page.evaluate(AXE)
    assert page.evaluate(RUN, None) == []
    page.context.close()


@pytest.mark.parametrize("name", STAFF)
def test_the_office_s_pages_are_accessible_fit_a_phone_and_are_chinese(browser: Browser, site: str, name: str):
    page = phone(browser, site)
    sign_in(page, name)
    one = first_link(page, STAFF[name][0], r"/admin/messages/\d+/")
    for address in (*STAFF[name], one):
        assert page.goto(address).status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert english_of_page(page.content()) == set(), address
        page.evaluate(AXE)
        assert page.evaluate(RUN, None) == [], address
    page.context.close()
