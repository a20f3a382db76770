"""A policy's text read into chapters, articles and paragraphs, each with an anchor that edits elsewhere do not move."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_DIGITS = "零〇一二三四五六七八九十百千两0-9０-９"
_CHAPTER = re.compile(rf"第([{_DIGITS}]+)[章编节]\s*\S")
_ARTICLE = re.compile(rf"第([{_DIGITS}]+)条(?:之[{_DIGITS}]+)?")
_SECTION = re.compile(r"([一二三四五六七八九十百]+)、")
_POINT = re.compile(r"[（(]([一二三四五六七八九十百]+)[）)]")
_LONGEST_HEADING = 40
_LONGEST_ENTRY = 24
_VALUES = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}


class Role(StrEnum):
    CHAPTER = "chapter"
    HEADING = "heading"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True)
class Part:
    """`label` is how people name it: 第五条, 二（三）, 第4段. `entry` is its line in the contents, empty where it has none."""

    anchor: str
    role: Role
    label: str
    text: str
    entry: str = ""

    @property
    def named(self) -> str:
        """Its words, after its name where they do not begin with it."""
        return self.text if self.text.startswith(self.label) else f"{self.label} {self.text}"

    @property
    def is_heading(self) -> bool:
        return self.role in (Role.CHAPTER, Role.HEADING)


def parse(text: str) -> list[Part]:
    """A line of the text is a part; blank lines are left out. Anchors are unique within the text."""
    return list(_numbered_once(_parts(text)))


def contents(parts: list[Part]) -> list[Part]:
    """Chapters and headings; the articles of a text without any."""
    headings = [part for part in parts if part.is_heading]
    return headings or [part for part in parts if part.role is Role.ARTICLE]


def number_of(words: str) -> int:
    """十二 -> 12, 12 -> 12; 0 for what is no number."""
    if words.isdecimal():
        return int(words)
    total = last = 0
    for sign in words:
        if sign in _UNITS:
            total, last = total + (last or 1) * _UNITS[sign], 0
        else:
            last = _VALUES.get(sign, 0)
    return total + last


def _parts(text: str) -> Iterator[Part]:
    section = ""
    for count, line in enumerate(filter(None, (one.strip() for one in text.splitlines())), 1):
        if found := _CHAPTER.match(line):
            yield Part(f"z{number_of(found[1])}", Role.CHAPTER, line.split()[0][:_LONGEST_ENTRY], line, line)
        elif found := _ARTICLE.match(line):
            yield Part(f"t{number_of(found[1])}", Role.ARTICLE, found[0], line, _short(line))
        elif found := _SECTION.match(line):
            section = found[1]
            yield _section(line, section)
        elif found := _POINT.match(line):
            name = f"{section}（{found[1]}）"
            yield Part(f"s{number_of(section)}-{number_of(found[1])}", Role.PARAGRAPH, name, line)
        else:
            yield Part(f"p{count}", Role.PARAGRAPH, f"第{count}段", line)


def _section(line: str, name: str) -> Part:
    heading = len(line) <= _LONGEST_HEADING and "。" not in line
    return Part(f"s{number_of(name)}", Role.HEADING if heading else Role.PARAGRAPH, f"第{name}部分", line, line if heading else "")


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST_ENTRY else f"{line[: _LONGEST_ENTRY - 1]}…"


def _numbered_once(parts: Iterator[Part]) -> Iterator[Part]:
    """Articles of an annex begin again at one: the second 第一条 gets an anchor of its own."""
    met: Counter[str] = Counter()
    for part in parts:
        met[part.anchor] += 1
        times = met[part.anchor]
        yield part if times == 1 else Part(f"{part.anchor}_{times}", part.role, part.label, part.text, part.entry)
