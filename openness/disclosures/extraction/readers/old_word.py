"""DOC of Word 97 to 2003, and WPS of WPS Office, which is the same format, by its table of pieces ([MS-DOC] 2.4.1)."""

import re
from collections.abc import Iterator
from pathlib import Path
from struct import error, iter_unpack, unpack_from

import olefile

from ..result import Limits, Page, State, Unreadable
from ..words import clean

_OLDEST = 0x00C1  # nFib of Word 97
_SECOND_TABLE = 0x0200  # FibBase.fWhichTblStm
_BODY_LENGTH, _PIECES_AT = 0x004C, 0x01A2
_PROPERTIES, _PIECES = 1, 2  # clxt of Prc and Pcdt
_ONE_BYTE = 0x40000000  # FcCompressed.fCompressed
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14?")
_ROW_END = "\x07\x07"
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x07": " ", "\x1e": "-", "\x15": None})


def read(path: Path, limits: Limits) -> Iterator[Page]:
    """One page without a name.

    Raises:
        Unreadable: damaged, or of a Word before 97.
    """
    try:
        with olefile.OleFileIO(path) as ole:
            main = ole.openstream("WordDocument").read()
            second = unpack_from("<H", main, 10)[0] & _SECOND_TABLE
            table = ole.openstream("1Table" if second else "0Table").read()
        if unpack_from("<H", main, 2)[0] < _OLDEST:
            raise Unreadable(State.UNSUPPORTED)
        yield Page("", _words(main, table, limits))
    except (OSError, error, IndexError) as fault:
        raise Unreadable(State.DAMAGED) from fault


def _words(main: bytes, table: bytes, limits: Limits) -> str:
    """The body only; footnotes and headers come after it. Of a field, what it shows."""
    length = unpack_from("<I", main, _BODY_LENGTH)[0]
    text = "".join(_pieces(main, table, min(length, limits.characters * 2)))
    return clean(_FIELD_CODE.sub("", text.replace(_ROW_END, "\n")).translate(_BREAKS))


def _pieces(main: bytes, table: bytes, length: int) -> Iterator[str]:
    places = _piece_table(table, *unpack_from("<II", main, _PIECES_AT))
    count = (len(places) - 4) // 12
    starts = unpack_from(f"<{count + 1}I", places)
    for start, end, (_flags, at, _prm) in zip(starts, starts[1:], iter_unpack("<HIH", places[4 * count + 4 :][: 8 * count]), strict=False):
        size = min(end, length) - start
        if size <= 0:
            return
        if at & _ONE_BYTE:
            begin = (at & ~_ONE_BYTE) // 2
            yield main[begin : begin + size].decode("cp1252", "replace")
        else:
            yield main[at : at + 2 * size].decode("utf-16-le", "replace")


def _piece_table(table: bytes, at: int, size: int) -> bytes:
    """Past the properties, which come first, each with its own length."""
    end = min(at + size, len(table))
    while at < end and table[at] == _PROPERTIES:
        at += 3 + unpack_from("<H", table, at + 1)[0]
    if at >= end or table[at] != _PIECES:
        raise Unreadable(State.DAMAGED)
    return table[at + 5 : at + 5 + unpack_from("<I", table, at + 1)[0]]
