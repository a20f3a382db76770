"""From the approval to the wall: the clerk's page 已公开 on a phone with and without scripts, the sheet, its PDF; axe, widths and words of all pages."""

import pytest
from playwright.sync_api import Browser, Page, expect

from ..channels.conftest import Pdf
from ..words.english import english_of_page
from .test_axe import first_link, violations
from .test_journey import sign_in

PUBLISHED, SHEET = r"/admin/published/\d+/", r"/d/\d+/board/"


def phone(browser: Browser, site: str, name: str, *, scripts: bool = True, width: int = 360) -> Page:
    context = browser.new_context(
        base_url=site, locale="zh-CN", viewport={"width": width, "height": 740}, java_script_enabled=scripts,
        permissions=["clipboard-read", "clipboard-write"] if scripts else [],
    )  # fmt: skip
    page = context.new_page()
    sign_in(page, name)
    return page


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url


def test_after_the_approval_the_clerk_prints_puts_up_and_sends_on(browser: Browser, site: str, to_approve: int):
    reviewer = phone(browser, site, "shenhe", width=1280)
    text = f"/admin/texts/{to_approve}/"
    reviewer.goto(text)
    reviewer.get_by_role("button", name="审核通过，公开").click()
    expect(reviewer.locator(".messages")).to_contain_text("打印、张贴、转发")
    reviewer.context.close()

    clerk = phone(browser, site, "jingban")
    clerk.goto("/admin/walls/")
    fits(clerk)
    clerk.goto(text.replace("/texts/", "/published/"))
    fits(clerk)
    for name in ("看公开的样子", "打印张贴版", "再办下一项"):
        expect(clerk.get_by_role("link", name=name).first).to_be_visible()
    clerk.get_by_role("button", name="复制微信文字").click()
    expect(clerk.get_by_role("status").filter(has_text="复制好了")).to_be_visible()
    assert clerk.evaluate("navigator.clipboard.readText()") == clerk.locator("#wechat-text").input_value()
    clerk.get_by_role("button", name="今天贴了").first.click()
    expect(clerk.locator(".messages")).to_contain_text("登记好了")
    clerk.get_by_role("link", name="打印张贴版").first.click()
    expect(clerk.get_by_text("扫码看电子版")).to_be_visible()
    fits(clerk)
    address = clerk.get_by_role("link", name="打开 PDF").get_attribute("href")
    answer = clerk.request.get(address or "")
    assert answer.status == 200
    found = Pdf(answer.body())
    assert found.pages == 1
    assert "".join(clerk.locator("h1").inner_text().split()) in found.words[0]
    assert found.fonts()
    assert all(embedded for _name, embedded in found.fonts())
    clerk.context.close()


def test_without_scripts_the_words_stand_there_and_a_tap_is_enough(browser: Browser, site: str):
    clerk = phone(browser, site, "jingban", scripts=False)
    clerk.goto(first_link(clerk, "/admin/walls/", PUBLISHED))
    expect(clerk.get_by_role("button", name="复制微信文字")).to_have_count(0)
    assert "点开看全文" in clerk.locator("#wechat-text").input_value()
    clerk.get_by_role("button", name="今天贴了").first.click()
    expect(clerk.locator("body")).to_contain_text("登记好了")
    clerk.get_by_role("link", name="打印张贴版").first.click()
    expect(clerk.get_by_text("扫码看电子版")).to_be_visible()
    clerk.context.close()


def test_the_sheet_prints_without_its_buttons_on_the_paper_that_was_chosen(page: Page):
    sheet = first_link(page, first_link(page, "/u/220204101200/", r"/d/\d+/"), SHEET)
    page.goto(f"{sheet}?paper=A3&turn=portrait")
    printed = Pdf(page.pdf(prefer_css_page_size=True))
    assert printed.size == (297, 420)
    assert "扫码看电子版" in printed.words[-1]
    assert "打开PDF" not in printed.words[0]


@pytest.mark.parametrize(
    ("name", "addresses"),
    [
        ("jingban", ("/admin/walls/", "/admin/walls/?show=down", "/admin/bundles/")),
        ("zhenban", ("/admin/batches/", "/admin/walls/")),
        ("shenhe", ("/admin/walls/",)),
    ],
)
def test_axe_phones_and_chinese(browser: Browser, site: str, name: str, addresses: tuple[str, ...]):
    page = phone(browser, site, name)
    more = {
        "jingban": (("/admin/walls/", PUBLISHED), ("/admin/bundles/", r"/admin/bundles/\d+/")),
        "zhenban": (("/admin/batches/", r"/admin/batches/new/\d+/"), ("/admin/batches/", r"/admin/batches/\d+/")),
    }
    seen = [*addresses, *(first_link(page, *one) for one in more.get(name, ()))]
    found = [one for address in seen for one in violations(page, address)]
    assert found == []
    for address in seen:
        page.goto(address)
        fits(page)
        assert english_of_page(page.content()) == set(), address
    page.context.close()


def test_axe_on_the_sheet(page: Page):
    sheet = first_link(page, first_link(page, "/u/220204101200/", r"/d/\d+/"), SHEET)
    assert violations(page, sheet) == []
    assert english_of_page(page.content()) == set()
