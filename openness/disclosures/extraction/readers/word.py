"""DOCX by its main part. python-docx builds the whole tree and passes over text boxes; this needs memory for one paragraph."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ..result import Limits, Page
from ..words import clean
from .ooxml import elements, open_part, refuse_bombs

_MAIN = re.compile(r"word/document\d*\.xml$")
_MARKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(path: Path, limits: Limits) -> Iterator[Page]:
    """One page without a name: Word decides about pages when it prints."""
    refuse_bombs(path, limits)
    with zipfile.ZipFile(path) as archive:
        main = next((name for name in archive.namelist() if _MAIN.match(name)), "word/document.xml")
        with open_part(archive, main) as part:
            yield from (Page("", text) for line in _lines(part) if (text := clean(line)))


def _lines(part: IO[bytes]) -> Iterator[str]:
    """A line a paragraph, and a line a row of a table."""
    line: list[str] = []
    cells = fallbacks = 0
    for event, name, element in elements(part, ("start", "end")):
        step = 1 if event == "start" else -1
        cells += step * (name == "tc")
        fallbacks += step * (name == "Fallback")  # older programs' copy of the same text box
        if event == "start" or fallbacks:
            continue
        if name == "t":
            line.append(element.text or "")
        elif name in _MARKS or (name == "p" and cells):
            line.append(_MARKS.get(name, " "))
        elif name in {"p", "tr"} and not cells:
            yield "".join(line)
            line.clear()
    yield "".join(line)
