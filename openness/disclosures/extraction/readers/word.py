"""DOCX by its main part. python-docx builds the whole tree and passes over text boxes; this needs memory for one paragraph."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from ..result import Limits, Page
from ..words import clean
from .ooxml import elements, open_part, refuse_bombs

_MAIN = re.compile(r"word/document\d*\.xml$")
_BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml$")
_MARKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Block(NamedTuple):
    """A paragraph, or a row of a table with its cells."""

    cells: list[str]
    is_row: bool


def read(path: Path, limits: Limits) -> Iterator[Page]:
    """One page without a name: Word decides about pages when it prints."""
    for block in blocks(path, limits):
        if text := clean(" ".join(block.cells)):
            yield Page("", text)


def blocks(path: Path, limits: Limits, *, beside: bool = False) -> Iterator[Block]:
    """Paragraphs and rows in their order; `beside`: then those of headers, footers, footnotes and comments."""
    refuse_bombs(path, limits)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        main = next((name for name in names if _MAIN.match(name)), "word/document.xml")
        for name in [main, *(name for name in names if beside and _BESIDE.match(name))]:
            with open_part(archive, name) as part:
                yield from _blocks(part)


def _blocks(part: IO[bytes]) -> Iterator[Block]:
    words: list[str] = []
    row: list[str] = []
    cells = fallbacks = 0
    for event, name, element in elements(part, ("start", "end")):
        step = 1 if event == "start" else -1
        cells += step * (name == "tc")
        fallbacks += step * (name == "Fallback")  # older programs' copy of the same text box
        if event == "start" or fallbacks:
            continue
        if name == "t":
            words.append(element.text or "")
        elif name in _MARKS or (name == "p" and cells):
            words.append(_MARKS.get(name, " "))
        elif name == "tc" and not cells:
            row.append("".join(words))
            words.clear()
        elif name in {"p", "tr"} and not cells:
            yield Block([*row, "".join(words)] if words or not row else row, name == "tr")
            words, row = [], []
    yield Block(["".join(words)], False)
