"""A page in the size, the voice and the script that somebody needs: elder mode by numbers, reading aloud, languages, keyboard, paper."""

import io
import re
import subprocess
from collections.abc import Iterator
from html import unescape

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.words.chinese import interface_left

from . import measures
from .conftest import ROOT

ADDRESSES = ("/", "/catalog/", "/u/220204101/", "/progress/", "/progress/scores/", "/search/?q=低保", "/messages/", "/requests/", "/help/")
FORM = "/messages/new/?unit=220204101"

# Two voices and a synthesizer that says each sentence at once and writes down what it was asked.
VOICE = """(langs) => { const spoken = []; let stopped = 0; let hold = false;
 const voices = langs.map((lang) => ({lang, name: lang}));
 window.SpeechSynthesisUtterance = function (text) { this.text = text; };
 Object.defineProperty(window, 'speechSynthesis', {value: { getVoices: () => voices, addEventListener: () => {},
   cancel: () => { stopped += 1; }, speak: (u) => { spoken.push([u.text, u.lang, u.rate]); if (!window.held) setTimeout(() => u.onend && u.onend(), 0); } }});
 window.spoken = spoken; window.stops = () => stopped; }"""


@pytest.fixture
def disclosure(page: Page) -> str:
    """The address of a public disclosure that has a table."""
    page.goto("/search/?q=收支")
    return str(page.locator(".hit a").first.get_attribute("href"))


def voiced(browser: Browser, site: str, address: str, *langs: str, size: str = "", hold: bool = False) -> Page:
    page = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": 360, "height": 740}).new_page()
    page.add_init_script(f"({VOICE})({list(langs)!r}); window.held = {str(hold).lower()};")
    page.goto(measures.in_the_size(address, size))
    return page


# Elder mode.


@pytest.mark.parametrize("size", ["l", "xl"])
@pytest.mark.parametrize("width", [360, 1280])
def test_elder_pages_by_the_numbers(browser: Browser, site: str, disclosure: str, size: str, width: int):
    wrong = []
    for address in (*ADDRESSES, FORM, disclosure):
        with measures.opened(browser, f"{site}{address}", size=size, width=width, script=False) as page:
            wrong += [f"{address} {one}" for one in measures.in_size(page, size)]
    assert wrong == []


def test_the_size_is_kept_and_back_does_not_undo_it(page: Page):
    page.goto("/catalog/")
    page.goto("/help/")
    page.get_by_role("link", name="长辈版").click()
    expect(page.locator("html")).to_have_attribute("data-size", "l")
    page.go_back()
    expect(page.locator("html")).to_have_attribute("data-size", "l")
    expect(page.get_by_role("link", name="长辈版")).to_have_attribute("aria-current", "true")


def test_elder_mode_shows_less(page: Page):
    page.goto("/help/?size=l")
    expect(page.locator(".top .lean")).to_be_hidden()


# Reading aloud.


def test_no_voice_no_button(browser: Browser, site: str, disclosure: str):
    page = voiced(browser, site, disclosure, "en-US", "zh-HK")
    expect(page.locator("[data-speak]")).to_be_hidden()
    page.context.close()


def test_sentences_in_order_without_buttons_and_rows_with_their_headings(browser: Browser, site: str, disclosure: str):
    page = voiced(browser, site, disclosure, "zh-CN")
    title = page.locator("h1").inner_text()
    page.get_by_role("button", name="读给我听").click()
    expect(page.locator("[data-speak]")).to_have_text("读给我听", timeout=30_000)
    spoken = page.evaluate("window.spoken")
    words = [text for text, _lang, _rate in spoken]
    assert words[0] == title
    assert not any("打印张贴版" in one for one in words)
    assert all(len(one) <= 120 for one in words)
    assert {lang for _text, lang, _rate in spoken} == {"zh-CN"}
    assert any(re.search("金额，|日期，", one) for one in words)
    page.context.close()


def test_slower_in_elder_mode_and_stops_by_button_and_by_escape(browser: Browser, site: str, disclosure: str):
    page = voiced(browser, site, disclosure, "zh-CN", size="l", hold=True)
    button = page.locator("[data-speak]")
    button.click()
    expect(button).to_have_text("停止朗读")
    assert page.evaluate("window.spoken[0][2]") < 0.85
    lit = page.evaluate("(window.CSS.highlights && CSS.highlights.size) || document.querySelectorAll('.spoken').length")
    assert lit == 1
    page.keyboard.press("Escape")
    expect(button).to_have_text("读给我听")
    button.click()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("window.spoken.length") == 2
    page.context.close()


def test_clerks_chinese_on_a_korean_page_is_read_by_a_chinese_voice_or_not_at_all(browser: Browser, site: str, disclosure: str):
    page = voiced(browser, site, f"/ko{disclosure}", "ko-KR")
    words = page.locator("[data-speak]").inner_text()
    page.locator("[data-speak]").click()
    expect(page.locator("[data-speak]")).to_have_text(words, timeout=30_000)
    spoken = page.evaluate("window.spoken")
    assert len(spoken) > 2
    assert [text for text, lang, _rate in spoken if lang != "ko" or (re.search("[一-鿿]", text) and not re.search("[가-힣]", text))] == []
    page.context.close()


# Languages.


def walked(page: Page, prefix: str) -> Iterator[tuple[str, str]]:
    """Two pages of each shape of address within the language, with their HTML."""
    waiting, seen, shapes = [f"{prefix}/", f"{prefix}/nothing/"], set(), {}
    while waiting:
        address = waiting.pop(0).split("#")[0]
        shape = re.sub(r"\d+", "N", address.split("?")[0])
        if address in seen or shapes.get(shape, 0) > 1:
            continue
        seen.add(address)
        shapes[shape] = shapes.get(shape, 0) + 1
        answer = page.request.get(address)
        assert answer.status < 500, address
        if "html" in answer.headers["content-type"]:
            html = answer.text()
            yield address, html
            waiting += [unescape(one) for one in re.findall(rf'href="({prefix}/[^"]*)"', html)]


NAMES = """
from catalog.models import Field, Item, Standard
from openness.pages.models import SiteFrame
from openness.supervision.models import Indicator, Notice
from openness.disclosures.models import Disclosure
from openness.guides.models import ServiceGuide
from openness.pages.models import HomePage
from openness.participation.models import Submission
from taggit.models import Tag
from wagtail.models import Page
names = {n for row in Item.objects.values_list("level1", "level2", "level3") for n in row}
names |= set(Field.objects.values_list("name", flat=True)) | set(Indicator.objects.values_list("name", flat=True))
names |= set(Tag.objects.values_list("name", flat=True)) | {word for page in HomePage.objects.all() for word in page.often.split()}
names |= {text.strip("。") for text in Submission.objects.values_list("reply", flat=True)}
names |= set(ServiceGuide.objects.values_list("name", flat=True)) | set(Disclosure.objects.values_list("title", flat=True))
names |= set(Page.objects.values_list("title", flat=True)) | {frame.site_name for frame in SiteFrame.objects.all()}
print("\\n".join(sorted(names)))
"""


@pytest.mark.timeout(900)
def test_no_word_of_the_interface_stays_chinese_on_korean_pages(page: Page, seeded: dict[str, str]):
    """Issued 通报, the method of scores and the pages of editors are documents: they stay in the language they were written in."""
    command = ["nice", str(ROOT / ".venv/bin/python"), "manage.py", "shell", "-v0", "-c", NAMES]
    data = set(subprocess.run(command, cwd=ROOT, env=seeded, capture_output=True, text=True, check=True).stdout.split("\n"))
    left = {
        (address, text)
        for address, html in walked(page, "/ko")
        if not re.search("/notices/|/help|/accessibility|/privacy|/openness/|/scores/method/", address)
        for text in interface_left(html) - data
    }
    assert not left, "\n".join(f"{address} {text}" for address, text in sorted(left))


def test_a_person_stays_in_the_language_while_walking_and_comes_back(page: Page):
    page.goto("/u/220204101/")
    page.get_by_role("link", name="繁體").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    page.locator("main a[href*='/item/']").first.click()
    assert page.url.split("/")[3] == "hant"
    page.get_by_role("link", name="조선문").click()
    expect(page.get_by_role("navigation", name="주요 란")).to_contain_text("공개목록")
    page.get_by_role("link", name="简体").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_korean_breaks_between_words(page: Page):
    page.goto("/ko/requests/")
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).wordBreak") == "keep-all"


# Keyboard and paper.


def test_by_keyboard_alone(browser: Browser, site: str, disclosure: str):
    wrong = []
    for address in ("/", "/u/220204101/", FORM, disclosure, "/ko/", "/hant/search/?q=低保"):
        with measures.opened(browser, f"{site}{address}", width=1280) as page:
            wrong += [f"{address} {one}" for one in (*measures.skip_link(page), *measures.dim_focus(page, 20))]
    assert wrong == []


def test_escape_closes_the_suggestions_and_keeps_the_words(page: Page):
    page.goto("/")
    page.locator("#q").type("低保", delay=60)
    expect(page.locator(".offers li").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".offers")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("低保")


def test_on_paper_without_bars_with_the_code_and_the_total_at_the_end(page: Page, disclosure: str):
    page.goto(disclosure)
    pdf = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    width, height = pdf[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    text = "".join(one.get_textpage().get_text_range() for one in pdf)
    assert "手机扫一扫" in text
    assert not any(words in text for words in ("长辈版", "公开目录\n查一查", "打印张贴版", "跳到主要内容"))
    page.emulate_media(media="print")
    assert page.evaluate("[...document.querySelectorAll('tfoot')].every((e) => getComputedStyle(e).display === 'table-row-group')")
    assert page.locator("aside svg").first.is_visible()
