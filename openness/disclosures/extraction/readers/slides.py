"""PPTX: the slides in the order of the presentation, hidden ones left out."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from typing import IO

from ..result import Limits, Page
from ..words import clean
from .ooxml import elements, open_part, refuse_bombs

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read(path: Path, limits: Limits) -> Iterator[Page]:
    refuse_bombs(path, limits)
    with zipfile.ZipFile(path) as archive:
        for number, name in enumerate(_slides(archive), start=1):
            with open_part(archive, name) as part:
                yield from (Page(f"第 {number} 张", text) for line in _lines(part) if (text := clean(line)))


def _slides(archive: zipfile.ZipFile) -> list[str]:
    with open_part(archive, "ppt/_rels/presentation.xml.rels") as part:
        targets = {element.get("Id"): element.get("Target", "") for _event, name, element in elements(part) if name == "Relationship"}
    with open_part(archive, "ppt/presentation.xml") as part:
        shown = [element.get(_ID) or element.get(_STRICT_ID) for _event, name, element in elements(part) if name == "sldId"]
    present = set(archive.namelist())
    paths = (normpath(join("ppt", targets.get(one, ""))).lstrip("/") for one in shown)
    return [path for path in paths if path in present]


def _lines(part: IO[bytes]) -> Iterator[str]:
    """A line a paragraph; nothing of a slide that is not shown."""
    line: list[str] = []
    for event, name, element in elements(part, ("start", "end")):
        if event == "start" and name == "sld" and element.get("show") in {"0", "false"}:
            return
        if event == "end" and name == "t":
            line.append(element.text or "")
        elif event == "end" and name in {"p", "br"}:
            yield "".join(line)
            line.clear()
