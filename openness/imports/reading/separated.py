"""CSV and tab-separated text in the encodings of China's offices, read as a stream."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path

from openness.disclosures.extraction.result import State, Unreadable

from ..limits import MOST_BYTES
from .sheet import Row, narrow

_MARKED = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))
_CHUNK = 1 << 20


def encoding_of(path: Path) -> str:
    """By its mark, else the first of UTF-8, GB 18030 and UTF-16 that the whole file is.

    Raises:
        Unreadable: none of them.
    """
    with path.open("rb") as file:
        head = file.read(256)
    for mark, name in _MARKED:
        if head.startswith(mark):
            return _sure(path, [name])
    wide = ["utf-16-le", "utf-16-be"] if head.count(0) * 4 > len(head) else []
    return _sure(path, wide or ["utf-8", "gb18030"])


def _sure(path: Path, names: list[str]) -> str:
    for name in names:
        if _fits(path, name):
            return name
    raise Unreadable(State.UNSUPPORTED)


def _fits(path: Path, name: str) -> bool:
    decoder = getincrementaldecoder(name)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if "\0" in decoder.decode(chunk):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def rows(path: Path) -> Iterator[Row]:
    """The number is that of the record: a record may have several lines. Raises Unreadable."""
    name = encoding_of(path)
    csv.field_size_limit(MOST_BYTES)
    with path.open(encoding=name, newline="") as file:
        first = file.readline()
        file.seek(0)
        marks = max("\t,;", key=first.count)
        try:
            for number, cells in enumerate(csv.reader(file, delimiter=marks), start=1):
                yield number, narrow(cells)
        except csv.Error as fault:
            raise Unreadable(State.DAMAGED) from fault
