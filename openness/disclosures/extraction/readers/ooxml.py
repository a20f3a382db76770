"""The parts of an Office file as a stream of XML events: no tree is built, no entity is resolved, nothing is fetched."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from lxml.etree import XMLSyntaxError, _Element, iterparse

from ..kinds import members
from ..result import Limits, State, Unreadable


def refuse_bombs(path: Path, limits: Limits) -> None:
    """By the sizes that the zip itself declares; `zipfile` reads no more of an entry than declared.

    Raises:
        Unreadable: unpacked it would be over the limit.
    """
    if sum(member.file_size for member in members(path)) > limits.unpacked_bytes:
        raise Unreadable(State.TOO_LARGE)


def open_part(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Raises Unreadable where the part is missing or packed in an unknown way."""
    try:
        return archive.open(name)
    except (KeyError, NotImplementedError, zipfile.BadZipFile) as fault:
        raise Unreadable(State.DAMAGED) from fault


def elements(part: IO[bytes], events: Iterable[str] = ("end",)) -> Iterator[tuple[str, str, _Element]]:
    """Event, local name and element of each element; what has been seen is thrown away."""
    try:
        for event, element in iterparse(part, events=tuple(events), resolve_entities=False, no_network=True, huge_tree=False):
            yield event, local_name(element), element
            if event == "end":
                _forget(element)
    except (XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError) as fault:
        raise Unreadable(State.DAMAGED) from fault


def local_name(element: Any) -> str:
    """Without the namespace: strict and transitional files differ in it."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _forget(element: _Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
