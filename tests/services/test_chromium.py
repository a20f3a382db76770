"""Chromium draws Chinese: pages full of empty boxes would pass every test that only reads their text."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import SWITCHES

NO_FONT_HAS_IT = "\U0010fffd"  # the last private-use character


@pytest.fixture(scope="module")
def glyph() -> Iterator[Callable[[str], Image.Image]]:
    """The picture of one character: glyph("低")."""
    assert "CHROMIUM" in os.environ, "CHROMIUM is not set: run the tests by `make test`, which starts the services"
    chromium = os.environ["CHROMIUM"]
    assert Path(chromium).exists(), f"{chromium} is missing: run `make services`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        page = browser.new_page(viewport={"width": 100, "height": 100})

        def draw(character: str) -> Image.Image:
            page.set_content(f'<body style="margin:10px;background:#fff"><span style="font:64px sans-serif">{character}</span></body>')
            return Image.open(io.BytesIO(page.screenshot())).convert("L")

        yield draw
        browser.close()


def ink(picture: Image.Image) -> int:
    """How many pixels are dark."""
    return sum(picture.histogram()[:128])


def test_chromium_draws_chinese_characters_and_no_empty_boxes(glyph):
    box, low, keep = glyph(NO_FONT_HAS_IT), glyph("低"), glyph("保")
    assert ink(glyph(" ")) == 0
    assert min(ink(low), ink(keep)) > 200
    assert low.tobytes() != keep.tobytes(), "two characters look the same: both are empty boxes"
    assert low.tobytes() != box.tobytes()
