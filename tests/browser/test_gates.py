"""Every public page at every size, width, with and without script: what no reader may meet.

`tests/public/samples.py` names the pages; a new address without an example fails there.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.addresses import LINES, NEEDED, NO_PAGE, metas, tags_of
from tests.public.samples import SAMPLES

from . import measures
from .finding import Demo, fetched
from .test_axe import AXE, RUN

WIDTHS = (360, 1280)
SIZES = ("", "l", "xl")
PAGES = [(name, sample) for name, samples in SAMPLES.items() for sample in samples]
IDS = [f"{name} {sample.label}" for name, sample in PAGES]
# Printed sheets have a frame of their own, without the site's heads and sizes.
SHEETS = {"board", "progress_notice_print"}
UNDER_LINES = 60_000  # bytes of the first page as sent, without photos


@pytest.fixture(scope="module")
def demo(site: str) -> Demo:
    return Demo(site)


@pytest.fixture(params=PAGES, ids=IDS)
def example(request: pytest.FixtureRequest, demo: Demo) -> tuple[str, str]:
    """Name and address of one page."""
    name, sample = request.param
    return name, demo.address(sample)


def violations(page: Page) -> list[str]:
    return [f"axe {one}" for one in page.evaluate(RUN, None)]


def looked_at(page: Page, size: str) -> Iterator[str]:
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for wrong in (*measures.in_size(page, size), *violations(page)):
            yield f"{size or 'standard'} {width}: {wrong}"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_every_size_and_width(browser: Browser, example: tuple[str, str], script: bool):
    """Without script: ours are not let through. axe itself needs a browser that runs scripts, and no page has a `noscript`."""
    name, address = example
    wrong = []
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    if not script:
        page.route("**/*.js", lambda route: route.abort())
    for size in SIZES[:1] if name in SHEETS else SIZES:
        page.goto(measures.in_the_size(address, size))
        wrong += looked_at(page, size)
    context.close()
    assert not wrong, "\n".join(wrong)


def test_bytes_requests_focus_and_structure(browser: Browser, site: str, example: tuple[str, str]):
    """Console errors too: a violation of the content security policy speaks there."""
    name, address = example
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    traffic = measures.listen(page)
    page.goto(address, wait_until="networkidle")
    wrong = traffic.wrong(site)
    if name not in SHEETS:
        wrong += [*measures.structure(page), *measures.skip_link(page), *measures.dim_focus(page)]
    page.set_viewport_size({"width": 320, "height": 700})
    wrong += measures.sideways(page)
    wrong += measures.clipped_when_spaced(page)
    context.close()
    assert not wrong, "\n".join(wrong)


def test_the_home_page_is_light(browser: Browser, site: str):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(site, wait_until="networkidle")
    context.close()
    assert 0 < sum(sizes) <= UNDER_LINES


def test_every_page_is_valid_html(demo: Demo, tmp_path: Path):
    for number, (name, sample) in enumerate(PAGES):
        (tmp_path / f"{number:03} {name.replace(':', ' ')}.html").write_text(fetched(demo.address(sample)), encoding="utf-8")
    command = ["java", "-jar", os.environ["VNU"], "--errors-only", "--format", "gnu", "."]
    checked = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, text=True)
    assert checked.stderr == ""
    assert checked.returncode == 0


def test_every_page_says_to_machines_what_it_is(demo: Demo):
    wrong = []
    for name, sample in PAGES:
        line = LINES[name]
        if line.tags == NO_PAGE:
            continue
        found = metas(fetched(demo.address(sample)))
        if tags_of(found) != NEEDED[line.tags] or not all(found[one] for one in NEEDED[line.tags]):
            wrong.append(f"{name} {sample.label}: {found}")
    assert not wrong, "\n".join(wrong)
