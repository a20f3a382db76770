"""Who works in the admin reads Chinese: every page that a person reaches, and the windows that scripts open."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ..words.english import english_of_page
from .test_journey import sign_in, write_disclosure

LIST = "wagtailsnippets_disclosures_disclosure"
# Doors that no link opens: scripts ask for them, or a person types them.
DOORS = [
    "/admin/",
    "/admin/account/",
    "/admin/password_reset/",
    "/admin/todo/",
    "/admin/handbook/",
    "/admin/supervision/",
    "/admin/snippets/disclosures/disclosure/",
    "/admin/images/",
    "/admin/images/add/",
    "/admin/images/multiple/add/",
    "/admin/images/chooser/",
    "/admin/images/chooser/create/",
    "/admin/documents/",
    "/admin/documents/add/",
    "/admin/documents/multiple/add/",
    "/admin/documents/chooser/",
    "/admin/documents/chooser/create/",
    "/admin/choose-page/",
    "/admin/choose-external-link/",
    "/admin/choose-email-link/",
    "/admin/choose-phone-link/",
    "/admin/choose-anchor-link/",
    "/admin/reports/workflow/",
    "/admin/reports/workflow_tasks/",
    "/admin/reports/site-history/",
    "/admin/no-such-page/",
]
# What each must have seen, or the walk went astray.
REACHED = {
    "jingban": {
        "todo",
        "todo_nil",
        "handbook",
        "wagtailadmin_account",
        *(f"{LIST}:{name}" for name in ("list", "add", "edit", "history", "usage")),
    },
    "shenhe": {*(f"{LIST}:{name}" for name in ("list", "edit", "history", "unpublish"))},
    "jiandu": {"supervision_desk", "supervision_cell", "supervision_pursuit", "supervision_orders", "supervision_scores"},
    "guanli": {"supervision_indicators", "supervision_annual", "wagtailsnippets_units_membership:add"},
}
SAMPLES = 2  # pages of one kind that are read


def a_person(browser: Browser, site: str, name: str) -> BrowserContext:
    context = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": 1440, "height": 1000})
    sign_in(context.new_page(), name)
    return context


def kind_of(address: str) -> tuple[str, tuple[str, ...]] | None:
    """Which page it is, whatever object it shows; None for what is not the admin's."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    return (found.view_name, tuple(sorted(parse_qs(parts.query)))) if parts.path.startswith("/admin/") else None


def walk(context: BrowserContext, site: str) -> Iterator[tuple[str, str]]:
    """Every kind of page that links lead to, as (address, body); downloads are left out."""
    read: Counter[object] = Counter()
    waiting = deque(DOORS)
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if read[kind or address] >= SAMPLES:
            continue
        read[kind or address] += 1
        answer = context.request.get(address)
        if answer.headers.get("content-type", "").startswith(("text/html", "application/json")):
            body = answer.text()
            yield answer.url.removeprefix(site), body
            waiting.extend(link for link in links_in(body, address) if kind_of(link))


def links_in(body: str, address: str) -> list[str]:
    soup = BeautifulSoup(body, "html.parser")
    found = [urlsplit(urljoin(address, str(link["href"]))) for link in soup.find_all("a", href=True)]
    found += [urlsplit(url) for url in re.findall(r'"url": "(/admin/[^"]*)"', body)]  # the menu
    return [f"{parts.path}?{parts.query}" if parts.query else parts.path for parts in found if not parts.netloc]


@pytest.mark.parametrize("name", REACHED)
def test_every_page_that_a_person_reaches_is_chinese(browser: Browser, site: str, name: str):
    context = a_person(browser, site, name)
    foreign, seen = {}, set()
    for address, body in walk(context, site):
        seen.add((kind_of(address) or ("",))[0])
        if found := english_of_page(body):
            foreign[address] = found
    context.close()
    assert foreign == {}
    assert REACHED[name] <= seen


def test_a_stranger_at_the_door_reads_chinese(page: Page):
    for address in ("/admin/login/", "/admin/password_reset/", "/admin/password_reset/done/", "/admin/password_reset/complete/"):
        page.goto(address)
        assert english_of_page(page.content()) == set(), address
    page.goto("/admin/login/")
    page.locator("input[name=username]").fill("jingban")
    page.locator("input[name=password]").fill("12345678")
    page.locator("button[type=submit]").click()
    expect(page.locator(".messages")).to_be_visible()
    assert english_of_page(page.content()) == set()


def test_the_form_and_its_windows_speak_chinese(browser: Browser, site: str):
    context = a_person(browser, site, "jingban")
    page = context.pages[0]
    write_disclosure(page)
    for block in ("表格", "收支表", "照片", "附件"):
        add_block(page, block)
    add_columns(page)
    read(page, "blocks")
    for panel in page.locator("[data-side-panel-toggle]").all():
        panel.click()
        read(page, "side panel")
    page.locator("input[name=formed_on]").click()
    expect(page.locator(".xdsoft_datetimepicker").first).to_be_visible()
    read(page, "date picker")
    page.keyboard.press("Escape")
    page.locator(".public-DraftEditor-content").first.click()
    for button in page.locator(".Draftail-ToolbarButton").all():
        button.hover()
        read(page, "toolbar")
    for words in ("选照片", "选附件"):
        read_chooser(page, words)
    context.close()


def read(page: Page, where: str) -> None:
    assert english_of_page(page.content()) == set(), where


def add_block(page: Page, name: str) -> None:
    page.locator(".c-sf-add-button").last.click()
    options = page.locator(".w-combobox__option:visible").filter(has_text=re.compile(f"^{name}$"))
    read(page, "the list of blocks")
    options.first.click()


def add_columns(page: Page) -> None:
    for kind in ("文字", "金额"):
        page.get_by_role("button", name=re.compile("列")).first.click()
        page.get_by_text(kind, exact=True).last.click()


def read_chooser(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).first.click()
    window: Locator = page.locator(".modal.in")
    expect(window.locator("[role=tablist]")).to_be_visible()
    for tab in window.get_by_role("tab").all():
        tab.click()
        read(page, words)
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)


def test_review_speaks_chinese_from_draft_to_return(browser: Browser, site: str):
    """Sent in, returned with an opinion, read by its clerk: messages, status, history and comparison."""
    clerk, reviewer = a_person(browser, site, "jingban").pages[0], a_person(browser, site, "shenhe").pages[0]
    write_disclosure(clerk)
    clerk.locator("button:has-text('存草稿')").last.click()
    read(clerk, "saved, or errors")
    clerk.get_by_role("button", name="更多动作").last.click()
    clerk.locator("button[name=action-submit]").click()
    expect(clerk.locator(".messages")).to_be_visible()
    read(clerk, "sent in")
    clerk.goto("/admin/snippets/disclosures/disclosure/")
    address = clerk.locator(".listing .title a").first.get_attribute("href")
    reviewer.goto(address)
    reviewer.get_by_role("button", name="更多动作").last.click()
    reviewer.get_by_role("button", name=re.compile("退回修改")).first.click()
    expect(reviewer.locator(".modal.in textarea")).to_be_visible()
    read(reviewer, "window of the return")
    reviewer.locator(".modal.in textarea").fill("请写明值班电话。")
    reviewer.locator(".modal.in button[type=submit]").click()
    expect(reviewer.locator(".messages")).to_be_visible()
    read(reviewer, "returned")
    for page in (clerk, reviewer):
        for part in ("", "history/", "workflow_history/", "usage/"):
            page.goto(address.replace("edit/", "") + part if part else address)
            read(page, part or "edit")
        page.context.close()
