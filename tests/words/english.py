"""Finds English in what a page shows or says: its text, its labels and tooltips, the words that its scripts put on the screen later."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import TemplateString

# Names that a Chinese page may hold. Everything else has a Chinese word.
PRODUCTS = {"wagtail", "elasticsearch", "tantivy", "sqlite", "javascript", "python", "word", "excel", "gps", "api", "id", "ip", "wordpress"}
FORMATS = {"csv", "json", "xml", "pdf", "xlsx", "xls", "docx", "doc", "pptx", "wps", "et", "ofd", "txt", "zip", "kb", "mb"}
PICTURES = {"jpg", "jpeg", "png", "webp", "heic"}
KEYS = {"ctrl", "alt", "shift", "enter", "esc", "tab", "cmd"}
ACCOUNTS = {"jingban", "shenhe", "jiandu", "guanli", "zhenban", "qianzi", "shenji", "xianban", "xianshen"}
TOPMOST_PAGE = {"root"}  # the title that Wagtail gives it: data, not a word of the admin
PROPER = PRODUCTS | FORMATS | PICTURES | KEYS | ACCOUNTS | TOPMOST_PAGE
NOT_WORDS = re.compile(
    r"%\(\w+\)[sdr]|\{\w+\}|https?://\S+|\S+@\S+|(?<![\w<])/[\w./?=&%-]+|&\w+;|<[^>]*>|[\w.*:/-]*\d[\w.*:/-]*|\b\w+\.py\b|\b(?:true|false)\b"
)
DATA = re.compile(r"""[\[{]\s*["\[{\]}]""")  # a list or an object; a selector such as [hidden] is neither
WORD = re.compile(r"[A-Za-z]{2,}")
SPOKEN = {"title", "placeholder", "alt", "label", "summary"}
SPOKEN_SUFFIXES = ("-label", "-valuetext", "-roledescription", "-content-value", "-active-value", "-message-value", "-confirmation-value")
TELLING = {"label", "helpText", "help_text", "description", "placeholder", "text", "title", "heading", "error_name", "display"}
SECRETS = {"CSRF_TOKEN", "CSRF_HEADER_NAME"}


def english_in(text: str) -> list[str]:
    """English words of a text, proper words, addresses, placeholders and codes left out.

    >>> english_in("用 Wagtail 的 PDF，见 https://example.cn/help/me，a1b2c3")
    []
    >>> english_in("保存 Save draft")
    ['Save', 'draft']
    """
    return [word for word in WORD.findall(NOT_WORDS.sub(" ", text)) if word.lower() not in PROPER]


def english_of_page(body: str) -> set[str]:
    """Every piece of a page, or of the JSON that a window is made of, in which English stands."""
    pieces = _of_json(json.loads(body)) if body.lstrip()[:1] in "{[" else _of_html(body)
    return {" ".join(piece.split())[:200] for piece in pieces if english_in(piece)}


def _of_html(html: str) -> Iterator[str]:
    soup = BeautifulSoup(html, "html.parser")
    for unseen in soup.find_all(["style", "code"]):
        unseen.decompose()
    for script in soup.find_all("script"):
        if script.get("type") == "application/json":
            yield from _of_json(json.loads(script.text))
        script.decompose()
    for text in soup.find_all(string=True):
        if type(text) in (NavigableString, TemplateString):
            yield from _of_json(json.loads(text)) if DATA.match(text.strip()) else [text]
    for tag in soup.find_all(True):
        yield from _of_attributes(tag)


def _of_attributes(tag: Tag) -> Iterator[str]:
    for name, value in tag.attrs.items():
        text = value if isinstance(value, str) else ""
        if (
            name in SPOKEN
            or name.endswith(SPOKEN_SUFFIXES)
            or (tag.name == "input" and name == "value" and tag.get("type") in {"submit", "button", "reset"})
        ):
            # Wagtail's templates leave this button, out of sight behind the search box, untranslated.
            yield "" if text == "Search" and tag.name == "input" else text
        elif name.startswith("data-") and DATA.match(text):
            yield from _of_json(json.loads(text))


def _of_json(value: Any, key: str = "") -> Iterator[str]:
    """Sentences of data: HTML in it, what stands under a name that says it is for people, and Wagtail's STRINGS, whose names are capitals."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _of_json(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _of_json(inner, key)
    elif isinstance(value, str) and DATA.match(value.strip()):
        yield from _of_json(json.loads(value))
    elif isinstance(value, str) and re.search(r"<\w[^>]*>", value):
        yield from _of_html(value)
    elif isinstance(value, str) and key not in SECRETS and (key in TELLING or key.isupper()):
        yield value
