"""Web pages, also those that call themselves .doc or .xls: as a stream, without building a tree."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from ..result import Limits, Page
from ..words import clean
from .plain import decode

# Markup around a word is many times longer than the word.
_MARKUP = 20
_SILENT = {"script", "style", "head", "template", "noscript"}
_CELLS = {"td", "th"}
CELL = "\x1f"  # in `raw_words`, before each cell of a row
_INLINE = {"a", "abbr", "b", "em", "font", "i", "label", "mark", "small", "span", "strong", "sub", "sup", "u"}


def read(path: Path, limits: Limits) -> Iterator[Page]:
    yield Page("", clean(raw_words(path, limits).replace(CELL, " ")))


def raw_words(path: Path, limits: Limits, *, links: bool = False) -> str:
    """A line a block, a line a row; `links`: with the addresses that links go to."""
    with path.open("rb") as file:
        raw = file.read(limits.characters * _MARKUP)
    words = _Words(links=links)
    words.feed(decode(raw))
    words.close()
    return "".join(words.found)


class _Words(HTMLParser):
    """The words that a browser shows, a line a block, a line a row of a table."""

    def __init__(self, *, links: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.links = links
        self.found: list[str] = []
        self.silent = 0
        self.cells = 0
        self.tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = 0 if tag == "body" else self.silent + (tag in _SILENT)
        self._table(tag, 1)
        self.cells += tag in _CELLS
        self.found.append(CELL if tag in _CELLS else "")
        self._part(tag)
        if self.links and (address := dict(attrs).get("href")):
            self.found.append(f" {unquote(address)} ")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0
        self.cells -= tag in _CELLS and self.cells > 0
        self._table(tag, -1)
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data.replace("\n", " ").replace(CELL, ""))

    def _table(self, tag: str, step: int) -> None:
        """A cell need not be closed: the next row or the end of the outermost table ends it."""
        if tag in {"tr", "table"} and self.tables <= 1:
            self.cells = 0
        self.tables = max(0, self.tables + step * (tag == "table"))

    def _part(self, tag: str) -> None:
        if tag not in _INLINE:
            self.found.append(" " if tag in _CELLS or self.cells else "\n")
