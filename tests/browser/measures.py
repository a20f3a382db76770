"""What an open page measures: sizes of type and of targets, contrast, focus, reflow, bytes. Each function gives the list of what is wrong.

The floors are those of the elder norm (24 px, largest step 30 px, buttons 60, other targets 44, contrast 7:1) and of WCAG 2.2.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Response

TYPE = {"": 14.0, "l": 24.0, "xl": 30.0}  # px, smallest text of each size
TARGET = {"": 24, "l": 44, "xl": 44}  # px, links in a list and fields
BUTTON = {"": 24, "l": 60, "xl": 60}  # px, what looks like a button
CONTRAST = {"": 4.5, "l": 7.0, "xl": 7.0}
LINE = 1.5  # line height of running text
BYTES = {"js": 15_000, "css": 15_000}  # as sent, packed
REQUESTS = 12

_SEEN = "(e) => e.offsetParent && !e.closest('.vh,.skip,[hidden]') && getComputedStyle(e).visibility !== 'hidden'"
_TARGETS = (
    """([least, button]) => { const seen = """
    + _SEEN
    + """;
 const looksLikeButton = (e) => e.matches('.btn, .nav a');
 return [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')].filter(seen).map((e) => {
   const box = (e.labels && e.labels[0] && e.matches('[type=checkbox],[type=radio]')) ? e.labels[0] : e;
   const r = box.getBoundingClientRect(), min = looksLikeButton(e) ? button : least;
   return {e, min, w: r.width, h: r.height, inline: getComputedStyle(e).display === 'inline'}; })
 .filter((o) => !o.inline && (o.h < o.min - .5 || o.w < Math.min(o.min, 24) - .5))
 .map((o) => `${(o.e.innerText || o.e.name || o.e.id || '').trim().slice(0, 14)} ${Math.round(o.w)}x${Math.round(o.h)} < ${o.min}`); }"""
)
_SMALL = """(min) => { const bad = new Set(); const w = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
 while (w.nextNode()) { const e = w.currentNode.parentElement;
   if (!w.currentNode.data.trim() || e.closest('.vh,script,style,svg,[hidden],.skip,option') || !e.offsetParent) continue;
   const s = parseFloat(getComputedStyle(e).fontSize);
   if (s < min - .01) bad.add(`${s.toFixed(1)}px ${w.currentNode.data.trim().slice(0, 12)}`); } return [...bad]; }"""
_TIGHT = """(least) => [...document.querySelectorAll('main p, main li, main dd')].filter((e) => e.offsetParent && e.innerText.length > 60)
 .filter((e) => parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e).fontSize) < least - .01)
 .map((e) => e.innerText.slice(0, 14))"""
# Plain colours only, as the style sheet uses: the first opaque ground behind a text is what it stands on.
_CONTRAST = """(least) => { const bad = new Set();
 const parts = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
 const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
   return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
 const ground = (e) => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor);
   if (c.length === 3 || c[3] > .99) return c; } return [255, 255, 255]; };
 const w = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
 while (w.nextNode()) { const e = w.currentNode.parentElement;
   if (!w.currentNode.data.trim() || e.closest('.vh,script,style,svg,[hidden],.skip,option') || !e.offsetParent) continue;
   const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))];
   const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
   if (ratio < least - .005) bad.add(`${ratio.toFixed(2)} ${w.currentNode.data.trim().slice(0, 12)}`); } return [...bad]; }"""
_OVER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_WIDE = """() => [...document.querySelectorAll('body *')].filter((e) => !e.closest('.vh,.skip,.scroll') && e.getBoundingClientRect().right >
 document.documentElement.clientWidth + 1).slice(0, 4).map((e) => `${e.tagName}.${e.className} ${(e.innerText || '').slice(0, 12)}`)"""
_CLIPPED = """() => [...document.querySelectorAll('body *')].filter((e) => e.clientWidth && !e.matches('.vh') &&
 e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'hidden').map((e) => `${e.tagName}.${e.className}`)"""
_SPACED = """() => { const s = new CSSStyleSheet(); s.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
 word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`); document.adoptedStyleSheets = [s]; }"""
_FLOATING = """() => [...document.querySelectorAll('body *')].filter((e) => getComputedStyle(e).position === 'fixed' && e.offsetWidth)
 .map((e) => `${e.tagName}.${e.className}`)"""
_FOCUS = """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
 return [e.tagName, (e.innerText || e.name || '').trim().slice(0, 12), s.outlineStyle, parseFloat(s.outlineWidth), r.width > 0]; }"""
_ELDER_COLUMNS = """() => [...document.querySelectorAll('main .split, main .tiles, main .kv')].filter((e) => e.offsetParent &&
 getComputedStyle(e).gridTemplateColumns.split(' ').length > 1).map((e) => e.className)"""


def small_type(page: Page, size: str = "") -> list[str]:
    return [f"type {one}" for one in page.evaluate(_SMALL, TYPE[size])]


def small_targets(page: Page, size: str = "") -> list[str]:
    """Links within a running sentence are exempt, as WCAG 2.5.8 has it."""
    return [f"target {one}" for one in page.evaluate(_TARGETS, [TARGET[size], BUTTON[size]])]


def pale_text(page: Page, size: str = "") -> list[str]:
    return [f"contrast {one}" for one in page.evaluate(_CONTRAST, CONTRAST[size])]


def tight_lines(page: Page) -> list[str]:
    return [f"line height {one}" for one in page.evaluate(_TIGHT, LINE)]


def sideways(page: Page) -> list[str]:
    """Only regions that say so may scroll sideways, never the page."""
    over = page.evaluate(_OVER)
    return [f"sideways by {over} px: {page.evaluate(_WIDE)}"] if over > 0 else []


def clipped_when_spaced(page: Page) -> list[str]:
    """WCAG 1.4.12; leaves the page with its letters apart."""
    page.evaluate(_SPACED)
    return [*sideways(page), *(f"clipped {one}" for one in page.evaluate(_CLIPPED))]


def floating(page: Page) -> list[str]:
    return [f"floats {one}" for one in page.evaluate(_FLOATING)]


def columns_side_by_side(page: Page) -> list[str]:
    """The elder mode has one column, whatever the width."""
    return [f"columns {one}" for one in page.evaluate(_ELDER_COLUMNS)]


def structure(page: Page) -> list[str]:
    """One main heading, the landmarks, a language, and names for every navigation."""
    wrong = [] if page.evaluate("document.documentElement.lang") else ["no lang"]
    if page.locator("h1").count() != 1:
        wrong.append(f"{page.locator('h1').count()} h1")
    wrong += [f"no <{name}>" for name in ("main", "header", "footer", "nav") if not page.locator(name).count()]
    return wrong + [
        "nav without a name"
        for one in page.locator("nav").all()
        if not (one.get_attribute("aria-label") or one.get_attribute("aria-labelledby"))
    ]


def skip_link(page: Page) -> list[str]:
    """The first Tab of a fresh page lands on it and Enter moves the focus into main."""
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.className") != "skip":
        return ["the first Tab is not the skip link"]
    page.keyboard.press("Enter")
    return [] if page.evaluate("document.activeElement.id") == "main" else ["the skip link does not move the focus into main"]


def dim_focus(page: Page, steps: int = 25) -> list[str]:
    """Walks with Tab: every stop has a ring of 2 px or more."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    found = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        tag, text, style, width, is_seen = page.evaluate(_FOCUS)
        if tag != "BODY" and (style == "none" or width < 2 or not is_seen):
            found.append(f"focus {tag} {text} {style} {width}")
    return found


def in_size(page: Page, size: str = "") -> list[str]:
    """Everything that is measured on a page already open in this size; nothing of it moves the focus or changes the page."""
    wrong = [
        *small_type(page, size),
        *small_targets(page, size),
        *pale_text(page, size),
        *tight_lines(page),
        *sideways(page),
        *floating(page),
    ]
    return wrong + (columns_side_by_side(page) if size else [])


@dataclass
class Traffic:
    """What loading cost: addresses, bytes of JS and CSS as sent, words on the console."""

    addresses: list[str] = field(default_factory=list)
    bytes: dict[str, int] = field(default_factory=lambda: {"js": 0, "css": 0})
    said: list[str] = field(default_factory=list)

    def wrong(self, home: str) -> list[str]:
        foreign = [one for one in self.addresses if not one.startswith((home, "data:"))]
        heavy = [f"{kind} {sent} bytes" for kind, sent in self.bytes.items() if sent > BYTES[kind]]
        many = [f"{len(self.addresses)} requests"] if len(self.addresses) > REQUESTS else []
        return [*self.said, *foreign, *heavy, *many]

    def note(self, response: Response | None) -> None:
        if response is None:
            return
        self.addresses.append(response.url)
        kind = response.url.split("?")[0].rpartition(".")[2]
        if kind in self.bytes:
            self.bytes[kind] += response.request.sizes()["responseBodySize"]


def listen(page: Page) -> Traffic:
    """Call before the page is opened; read after it is quiet."""
    traffic = Traffic()
    page.on("console", lambda message: traffic.said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: traffic.said.append(str(error)))
    page.on("requestfinished", lambda request: traffic.note(request.response()))
    return traffic


def in_the_size(address: str, size: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}size={size}" if size else address


@contextmanager
def opened(browser: Browser, address: str, *, size: str = "", width: int = 360, script: bool = True) -> Iterator[Page]:
    """A page in a browser of its own, so that no cookie of another measurement is there."""
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 800}, java_script_enabled=script)
    try:
        page = context.new_page()
        page.goto(in_the_size(address, size), wait_until="load")
        yield page
    finally:
        context.close()
