"""The main job, end to end: a clerk writes, a reviewer approves, a resident finds it first, within two seconds."""

import re
import time

from playwright.sync_api import Browser, Page, expect

from openness.demo.accounts import PASSWORD

TITLE = "搜登站村2026年防汛值班安排和联系电话公示"


def sign_in(page: Page, name: str) -> None:
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/admin/(todo/|waiting/sign/|supervision/)?$"))


def write_disclosure(page: Page) -> None:
    page.goto("/admin/snippets/disclosures/disclosure/add/")
    page.locator("select[name=item]").select_option(label="村务管理 · 村级重大事项和工程项目")
    page.locator("input[name=title]").fill(TITLE)
    page.locator("input[name=summary]").fill("汛期二十四小时有人值班。")
    page.locator("input[name=formed_on]").fill("2026-06-01")
    page.locator(".c-sf-add-button").first.click()
    page.locator(".w-combobox__option").filter(has_text="文字").first.click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("六月一日起，村部二十四小时有人值班，请记下电话。")
    # The editor hands its text to the form a quarter of a second later; a person is slower than this test.
    expect(page.locator("input[name=body-0-value], textarea[name=body-0-value]")).to_have_value(re.compile("记下电话"))


def test_from_a_clerk_s_draft_to_a_resident_s_first_hit(browser: Browser, site: str):
    clerk = browser.new_context(base_url=site, locale="zh-CN").new_page()
    sign_in(clerk, "jingban")
    write_disclosure(clerk)
    clerk.get_by_role("button", name="更多动作").last.click()
    clerk.locator("button[name=action-submit]").click()
    expect(clerk.locator(".messages")).to_contain_text(TITLE)

    resident = browser.new_context(base_url=site, locale="zh-CN").new_page()
    resident.goto(f"/search/?q={TITLE}")
    expect(resident.get_by_text(TITLE, exact=True)).to_have_count(0)

    signer = browser.new_context(base_url=site, locale="zh-CN").new_page()
    sign_in(signer, "qianzi")
    signer.get_by_role("link", name=TITLE).first.click()
    signer.get_by_role("button", name="签字", exact=True).click()
    expect(signer.locator(".messages")).to_contain_text("签好了")

    reviewer = browser.new_context(base_url=site, locale="zh-CN").new_page()
    sign_in(reviewer, "shenhe")
    reviewer.get_by_role("link", name=TITLE).first.click()
    reviewer.get_by_role("button", name="审核通过，公开").click()
    expect(reviewer.locator(".messages")).to_contain_text("已公开")
    approved = time.monotonic()

    found = resident.locator(".hit a").first
    while True:
        resident.goto(f"/search/?q={TITLE}")
        if found.count() and found.inner_text() == TITLE:
            break
        assert time.monotonic() - approved < 2, "not found within two seconds of the approval"
    found.click()
    expect(resident.locator("h1")).to_have_text(TITLE)
    expect(resident.get_by_text("首次公开")).to_be_visible()
    for page in (clerk, signer, reviewer, resident):
        page.context.close()
