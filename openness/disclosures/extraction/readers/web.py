"""Web pages, also those that call themselves .doc or .xls: as a stream, without building a tree."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from ..result import Limits, Page
from ..words import clean
from .plain import decode

# Markup around a word is many times longer than the word.
_MARKUP = 20
_SILENT = {"script", "style", "head", "template", "noscript"}
_CELLS = {"td", "th"}
_INLINE = {"a", "abbr", "b", "em", "font", "i", "label", "mark", "small", "span", "strong", "sub", "sup", "u"}


def read(path: Path, limits: Limits) -> Iterator[Page]:
    with path.open("rb") as file:
        raw = file.read(limits.characters * _MARKUP)
    words = _Words()
    words.feed(decode(raw))
    words.close()
    yield Page("", clean("".join(words.found)))


class _Words(HTMLParser):
    """The words that a browser shows, a line a block, a line a row of a table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = 0 if tag == "body" else self.silent + (tag in _SILENT)
        self.cells += tag in _CELLS
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0
        self.cells -= tag in _CELLS and self.cells > 0
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data.replace("\n", " "))

    def _part(self, tag: str) -> None:
        if tag not in _INLINE:
            self.found.append(" " if tag in _CELLS or self.cells else "\n")
