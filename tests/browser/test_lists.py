"""A resident finds what to bring and takes the list along; a clerk brings a new version of a list in, a reviewer publishes it; pages fit a phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ..words.english import english_of_page
from .test_axe import AXE, RUN
from .test_journey import sign_in

PUBLIC = (
    "/guides/",
    "/guides/?unit=220204101&theme=relief",
    "/powers/",
    "/powers/1/",
    "/powers/1/versions/1/",
    "/powers/1/220204101-XK-001/",
    "/powers/changes/",
)
STAFF = ("/admin/guide-gaps/", "/admin/powers/", "/admin/powers/gaps/", "/admin/powers/1/", "/admin/powers/versions/2/")


def phone(browser: Browser, site: str, *, scripts: bool = True) -> Page:
    return browser.new_context(
        base_url=site, locale="zh-CN", java_script_enabled=scripts, viewport={"width": 360, "height": 740}
    ).new_page()  # fmt: skip


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_a_word_of_the_village_to_what_to_bring(browser: Browser, site: str, scripts: bool):
    page = phone(browser, site, scripts=scripts)
    page.goto("/")
    page.get_by_role("link", name="办事", exact=True).click()
    page.get_by_label("办什么事").fill("吃低保")
    page.get_by_role("button", name="找", exact=True).click()
    page.get_by_role("link", name="最低生活保障申请").click()
    expect(page.locator("h1")).to_have_text("最低生活保障申请")
    expect(page.locator("dl").first).to_contain_text("户口簿")
    expect(page.get_by_role("link", name="去省一网通办办理")).to_have_attribute("href", re.compile(r"^https://zwfw\.jl\.gov\.cn/"))
    with page.expect_download() as download:
        page.get_by_role("link", name="下载空表").first.click()
    assert download.value.suggested_filename.endswith(".docx")


def test_a_new_version_from_a_sheet_to_the_public_list(browser: Browser, site: str, tmp_path: Path):
    """The administrator brings it in; the township's reviewer, another person, publishes it."""
    administrator = browser.new_context(base_url=site, locale="zh-CN").new_page()
    sign_in(administrator, "guanli")
    administrator.goto("/admin/powers/1/")
    sheet = tmp_path / "清单.csv"
    with administrator.expect_download() as download:
        administrator.goto("/powers/1/")
        administrator.get_by_role("link", name="下载 CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").replace("农村村民宅基地审批", "农村村民宅基地和建房审批")
    sheet.write_text(lines.replace("行政奖励", "行政讲励", 1), encoding="utf-8")
    administrator.goto("/admin/powers/1/")
    administrator.set_input_files("[name=file]", str(sheet))
    administrator.get_by_role("button", name="传上来看一看").click()
    expect(administrator.get_by_text("类型“行政讲励”不认识")).to_be_visible()
    sheet.write_text(lines, encoding="utf-8")
    administrator.set_input_files("[name=file]", str(sheet))
    administrator.get_by_role("button", name="传上来看一看").click()
    expect(administrator.get_by_text("新增 0 项，取消 0 项，调整 1 项，没变 59 项。")).to_be_visible()
    administrator.get_by_role("button", name="对的，成为草稿").click()
    administrator.locator("[name=in_force_from]").fill("2026-11-01")
    administrator.locator("[name=document_number]").fill("搜政发〔2026〕9号")
    administrator.get_by_role("button", name="记下").click()
    draft = administrator.url
    reviewer = browser.new_context(base_url=site, locale="zh-CN").new_page()
    sign_in(reviewer, "shenhe")
    reviewer.goto(draft)
    reviewer.get_by_role("button", name="公布这一版").click()
    expect(reviewer.get_by_text("不能再改").first).to_be_visible()
    resident = phone(browser, site)
    resident.goto("/powers/changes/?change=adjusted")
    expect(resident.get_by_text("农村村民宅基地和建房审批").first).to_be_visible()


@pytest.mark.parametrize("url", PUBLIC)
@pytest.mark.parametrize("size", ["", "xl"])
def test_public_pages_fit_a_phone_and_axe_finds_nothing(browser: Browser, site: str, url: str, size: str):
    page = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": 360, "height": 740}, bypass_csp=True).new_page()
    page.goto(f"{url}{'&' if '?' in url else '?'}size={size}")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.evaluate(AXE)
    assert page.evaluate(RUN, None) == []


def test_the_office_s_pages_speak_chinese_and_axe_finds_nothing(browser: Browser, site: str):
    page = browser.new_context(base_url=site, locale="zh-CN", bypass_csp=True).new_page()
    sign_in(page, "guanli")
    for url in STAFF:
        page.goto(url)
        assert english_of_page(page.content()) == set(), url
        page.evaluate(AXE)
        assert page.evaluate(RUN, None) == [], url
