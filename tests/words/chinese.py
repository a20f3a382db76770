"""Finds words of the interface that stay Chinese on a Korean page. What clerks wrote stays Chinese and is no fault."""

import re
from collections.abc import Iterator
from functools import cache

from bs4 import BeautifulSoup, NavigableString, Tag

from scripts.messages import all_messages

HAN = re.compile(r"[\u4e00-\u9fff]")
HOLE = re.compile(r"%\\?\(\w+\\?\)[sd]|\\\{[\w:]*\\\}")
SPOKEN = ("title", "alt", "aria-label", "placeholder", "data-l")
FEWEST = 3  # Chinese characters beside the holes: fewer would fit any sentence of a clerk
# Words of the interface that are also what clerks or catalogues write: names of levels and fields in the database.
ALSO_DATA = {
    "村",
    "镇",
    "乡",
    "街道",
    "其他",
    "全社会",
    "文字",
    "表格",
    "照片",
    "收入",
    "支出",
    "村级",
    "乡级",
    "县级",
    "公示",
    "实时公开",
    "长期公开",
    "类别",
    "合计",
    "县（市、区）",
    "备注",
    "不收费",
}
# How long something takes is written by clerks in these words too.
ALSO_SAID = re.compile(r"\d+ 个工作日")


def interface_left(page: str) -> set[str]:
    """Texts and labels of the page that are, word for word, a message of our sources."""
    return {text for text in _texts(BeautifulSoup(page, "html.parser")) if HAN.search(text) and _is_message(text)}


def _texts(soup: BeautifulSoup) -> Iterator[str]:
    for unseen in soup.find_all(["script", "style", "textarea", "code", "option"]):
        unseen.decompose()
    for hit in soup.find_all(class_="hit"):
        hit.decompose()  # what a search found are clerks' words, cut by the marks of what was searched
    for found in soup.find_all(string=True):
        if type(found) is NavigableString and not _keeps(found.parent):
            yield " ".join(found.split()).strip("：:，。 ")
    for tag in soup.find_all(True):
        yield from (str(tag[name]).strip() for name in SPOKEN if tag.get(name) and not _keeps(tag))
    for tag in soup.find_all(class_=re.compile("^(btn|state|skip)")):
        yield tag.get_text(" ", strip=True)


def _keeps(tag: Tag | None) -> bool:
    return tag is not None and tag.get("translate") == "no"


def _is_message(text: str) -> bool:
    if text in ALSO_DATA or ALSO_SAID.fullmatch(text):
        return False
    plain, holed = _messages()
    return text in plain or any(one.fullmatch(text) for one in holed)


@cache
def _messages() -> tuple[frozenset[str], list[re.Pattern[str]]]:
    words = [key[1].strip("：:，。 ") for key in all_messages()]
    holed = [HOLE.sub(".{1,40}?", re.escape(one)) for one in words if HOLE.search(re.escape(one))]
    patterns = [re.compile(one) for one in holed if len(HAN.findall(one)) >= FEWEST]
    return frozenset(one for one in words if HAN.search(one) and not HOLE.search(re.escape(one))), patterns
