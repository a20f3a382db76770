"""axe finds nothing on any page of the supervisor's desk or of the public progress pages, in light and in dark."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .test_journey import sign_in

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
# What fades in is looked at when it is there: half way its colours are nobody's.
RUN = """async (rules) => {
  document.getAnimations().forEach((one) => { try { one.finish(); } catch { one.cancel(); } });
  const found = await axe.run(document, {resultTypes: ["violations"], ...(rules ? {runOnly: rules} : {})});
  return found.violations
    .flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)); }"""
FIXED = (
    "/admin/supervision/",
    "/admin/supervision/?place=220204101200",
    "/admin/supervision/cells/?place=220204&state=owed",
    "/admin/supervision/scores/",
    "/admin/supervision/scores/220204100/",
    "/admin/supervision/scores/method/",
    "/admin/supervision/indicators/",
    "/admin/supervision/notices/",
    "/admin/supervision/annual/",
    "/admin/supervision/pursuit/?show=judge",
    "/admin/supervision/pursuit/?show=overdue",
    "/admin/supervision/orders/",
    "/admin/supervision/orders/new/",
    "/admin/supervision/spot-checks/",
    "/admin/supervision/spot-checks/new/",
    "/admin/supervision/findings/",
)
# A list and what the address of one of its rows looks like.
DETAILS = (
    ("/admin/supervision/cells/?place=220204&state=overdue", r"/admin/supervision/cell/\d+/"),
    ("/admin/supervision/cells/?place=220204&state=done", r"/admin/supervision/cell/\d+/"),
    ("/admin/supervision/scores/220204100/", r"/admin/supervision/scores/220204100/[a-z-]+/"),
    ("/admin/supervision/indicators/", r"/admin/supervision/indicators/[a-z][a-z0-9-]+/"),
    ("/admin/supervision/notices/", r"/admin/supervision/notices/\d+/"),
    ("/admin/supervision/annual/", r"/admin/supervision/annual/\d+/"),
    ("/admin/supervision/pursuit/?show=judge", r"/admin/supervision/urgings/\d+/"),
    ("/admin/supervision/orders/?show=answered", r"/admin/supervision/orders/\d+/"),
    ("/admin/supervision/spot-checks/", r"/admin/supervision/spot-checks/\d+/"),
)
PUBLIC = (
    "/progress/",
    "/progress/220204100/",
    "/progress/cells/?place=220204&state=overdue",
    "/progress/scores/",
    "/progress/scores/method/",
    "/progress/scores/220204100/",
    "/progress/notices/",
    "/progress/notices/1/",
)


@pytest.fixture(scope="module")
def desk(browser: Browser, site: str) -> Iterator[Page]:
    """One supervisor, signed in once."""
    context = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, "jiandu")
    yield page
    context.close()


def violations(page: Page, address: str) -> list[str]:
    """In light by every rule; in dark only colours can be different."""
    page.emulate_media(color_scheme="light")
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, address
    page.evaluate(AXE)
    found = [f"{address} light {one}" for one in page.evaluate(RUN, None)]
    page.emulate_media(color_scheme="dark")
    return found + [f"{address} dark {one}" for one in page.evaluate(RUN, ["color-contrast"])]


def first_link(page: Page, address: str, pattern: str) -> str:
    page.goto(address)
    found = re.search(rf'href="({pattern}[^"]*)"', page.content())
    assert found, f"the demo has nothing at {address}"
    return found[1].replace("&amp;", "&")


def test_the_desk_in_light_and_dark(desk: Page):
    assert [one for address in FIXED for one in violations(desk, address)] == []


def test_each_single_thing_of_the_desk_in_light_and_dark(desk: Page):
    addresses = [first_link(desk, listed, pattern) for listed, pattern in DETAILS]
    sample = first_link(desk, addresses[-1], r"/admin/supervision/samples/\d+/")
    assert [one for address in [*addresses, sample] for one in violations(desk, address)] == []


def test_public_progress_in_light_and_dark(desk: Page):
    assert [one for address in PUBLIC for one in violations(desk, address)] == []
