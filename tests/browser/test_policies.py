"""A policy from the clerk's form to the resident's answer: written, checked, published, found by three questions, on a phone without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from .test_axe import AXE, RUN
from .test_journey import sign_in

PUBLIC = ("/policies/", "/policies/?state=void", "/policies/match/", "/policies/match/?who=elder&need=money&age=83")
TEXT = "一、给谁\n家里有三岁以下孩子的人家。\n二、给多少\n每个孩子每年一千元。\n三、怎么办\n带户口簿到村（社区）申请，十个工作日内办完。"


def phone(browser: Browser, site: str, *, scripts: bool = True, size: str = "") -> Page:
    made = browser.new_context(base_url=site, locale="zh-CN", java_script_enabled=scripts, viewport={"width": 360, "height": 740})
    if size:
        made.add_cookies([{"name": "size", "value": size, "url": site}])
    return made.new_page()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_from_the_clerk_to_the_resident(browser: Browser, site: str):
    clerk = phone(browser, site, scripts=False)
    sign_in(clerk, "xianban")
    clerk.goto("/admin/policies/new/?unit=220204")
    clerk.get_by_label("标题").fill("关于发放育儿补贴的通知")
    clerk.get_by_label("文号").fill("船示办发[2026]77号")
    clerk.get_by_label("发布日期").fill("2026-02-01")
    clerk.get_by_label("正文", exact=False).last.fill(TEXT)
    clerk.get_by_label("学生家长").check()
    clerk.get_by_label("领钱").check()
    press(clerk, "存草稿")
    press(clerk, "交审核")
    policy = clerk.url
    clerk.goto(f"{policy}card/")
    clerk.get_by_label("给谁", exact=True).fill("有三岁以下孩子的人家")
    clerk.get_by_label("“给谁”出自哪一条").select_option("s1")
    clerk.get_by_label("去哪办", exact=True).fill("村（社区）")
    clerk.get_by_label("“去哪办”出自哪一条").select_option("s3")
    press(clerk, "存要点")
    expect(clerk.get_by_text("要请别的人来核对")).to_be_visible()

    reviewer = phone(browser, site, scripts=False)
    sign_in(reviewer, "xianshen")
    reviewer.goto(f"{policy}card/")
    press(reviewer, "对着正文核对过了")
    reviewer.goto(policy)
    press(reviewer, "公开")

    resident = phone(browser, site, scripts=False)
    resident.goto("/")
    resident.get_by_role("link", name="政策", exact=True).first.click()
    resident.get_by_role("link", name="政策直达").click()
    resident.get_by_label("学生家长").check()
    resident.get_by_label("领钱").check()
    press(resident, "看哪些政策给我")
    found = resident.get_by_role("listitem").filter(has_text="关于发放育儿补贴的通知")
    expect(found.get_by_text("您选了“学生家长”")).to_be_visible()
    found.get_by_role("link", name="关于发放育儿补贴的通知").click()
    expect(resident.get_by_text("船示办发〔2026〕77号").first).to_be_visible()
    resident.get_by_role("link", name="第一部分").first.click()
    assert resident.url.endswith("#s1")


@pytest.mark.parametrize("size", ["", "l", "xl"])
def test_pages_fit_a_phone_and_axe_finds_nothing(browser: Browser, site: str, size: str):
    page = phone(browser, site, size=size)
    page.goto("/policies/")
    first = page.locator("ol.list a").first.get_attribute("href")
    for address in (*PUBLIC, first or ""):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        page.evaluate(AXE)
        assert page.evaluate(RUN) == [], address
