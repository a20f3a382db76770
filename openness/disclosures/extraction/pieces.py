"""A file cut where people see borders: cell by cell, line by line, page by page, each with the name of its place."""

import csv
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from .kinds import Kind, kind_of
from .locks import is_locked
from .readers import reader_of
from .readers.cells import word
from .readers.plain import decode
from .result import Limits, State, Unreadable
from .table_heads import Heads

_FEWEST_LETTERS_A_PAGE = 5


@dataclass(frozen=True)
class Piece:
    """Words without a border inside. `lines` are (first character, name of the place) of each line; `heading` and `row` as in a table."""

    text: str = field(repr=False)
    lines: tuple[tuple[int, str], ...]
    heading: str = ""
    row: str = field(default="", repr=False)
    is_number: bool = False

    def place_at(self, start: int) -> str:
        return self.lines[max(0, bisect_right(self.lines, start, key=lambda line: line[0]) - 1)][1]


def pieces(path: Path, limits: Limits) -> list[Piece]:
    """Read one file, whatever it is called; `limits.characters` counts for pages only.

    Raises:
        Unreadable: why, in a sentence for the clerk.
        MemoryError: the process has not enough memory left for it.
    """
    if path.stat().st_size > limits.file_bytes:
        raise Unreadable(State.TOO_LARGE)
    kind = kind_of(path)
    if is_locked(kind, path):
        raise Unreadable(State.ENCRYPTED)
    found = list(_READERS.get(kind, _by_page)(path, limits))
    letters = sum(len(piece.text.strip()) for piece in found)
    if kind is not Kind.TEXT and letters < (_FEWEST_LETTERS_A_PAGE * len(found) if kind is Kind.PDF else 1):
        raise Unreadable(State.SCANNED)
    return found


def _by_page(path: Path, limits: Limits) -> Iterator[Piece]:
    """Pages and slides by their numbers; what has no pages by its lines."""
    fragments: dict[str, list[str]] = {}
    for label, text in reader_of(kind_of(path))(path, limits):
        fragments.setdefault(label, []).append(text)
    for label, texts in fragments.items():
        joined = "\n".join(texts)
        yield Piece(joined, ((0, label.replace(" ", "")),)) if label else flowing(joined.split("\n"), "第{}行")


def flowing(lines: Iterable[str], pattern: str) -> Piece:
    """Lines that a number may run across."""
    starts, at, kept = [], 0, list(lines)
    for number, line in enumerate(kept, start=1):
        starts.append((at, pattern.format(number)))
        at += len(line) + 1
    return Piece("\n".join(kept), tuple(starts) or ((0, pattern.format(1)),))


def _plain(path: Path, _limits: Limits) -> Iterator[Piece]:
    text = decode(path.read_bytes())
    if path.suffix.lower() not in {".csv", ".tsv"}:
        yield flowing(text.replace("\r\n", "\n").split("\n"), "第{}行")
        return
    heads = Heads()
    try:
        for number, cells in enumerate(csv.reader(StringIO(text), delimiter="\t" if path.suffix.lower() == ".tsv" else ","), start=1):
            yield from _row(cells, heads, _counted(f"第{number}行"))
    except csv.Error:  # a field of more than 128 KiB: no table, then
        yield flowing(text.split("\n"), "第{}行")


def _sheets(path: Path, limits: Limits) -> Iterator[Piece]:
    from .readers import excel, old_excel

    reader: Any = excel if kind_of(path) is Kind.XLSX else old_excel
    heads: dict[str, Heads] = {}
    for title, number, cells in reader.rows(path, limits, hidden=True):
        yield from _row(cells, heads.setdefault(title, Heads()), _lettered(title, number))


def _word(path: Path, limits: Limits) -> Iterator[Piece]:
    from .readers.word import blocks

    heads, paragraphs, tables, number = Heads(), [], 0, 0
    for block in blocks(path, limits, beside=True):
        if not block.is_row:
            number, heads = 0, Heads()
            paragraphs.append("".join(block.cells))
            continue
        tables, number = tables + (number == 0), number + 1
        yield from _row(block.cells, heads, _counted(f"表{tables}第{number}行"))
    yield flowing(paragraphs, "第{}段")


def _web(path: Path, limits: Limits) -> Iterator[Piece]:
    from .readers.web import CELL, raw_words

    heads, paragraphs, number = Heads(), [], 0
    for line in filter(str.strip, raw_words(path, limits, links=True).split("\n")):
        if CELL not in line:
            paragraphs.append(line.strip())
            continue
        number += 1
        yield from _row(line.split(CELL)[1:], heads, _counted(f"表格第{number}行"))
    yield flowing(paragraphs, "第{}段")


def _counted(row: str) -> Callable[[int], str]:
    return lambda column: f"{row}第{column}列"


def _lettered(sheet: str, row: int) -> Callable[[int], str]:
    return lambda column: f"工作表“{sheet}”{get_column_letter(column)}{row}"


def _row(cells: Sequence[Any], heads: Heads, place: Callable[[int], str]) -> Iterator[Piece]:
    """A piece a cell that says something; to each the others of its row are known."""
    written = [word(cell) for cell in cells]
    headings = heads.of(written)
    for column, (cell, text) in enumerate(zip(cells, written, strict=True)):
        if text:
            others = "\n".join(one for number, one in enumerate(written) if one and number != column)
            is_number = isinstance(cell, (int, float))
            yield Piece(text, ((0, place(column + 1)),), headings.get(column, ""), f"{others}\n{heads.words}", is_number)


_READERS: dict[Kind, Callable[[Path, Limits], Iterator[Piece]]] = {
    Kind.TEXT: _plain, Kind.XLSX: _sheets, Kind.OLD_EXCEL: _sheets, Kind.DOCX: _word, Kind.HTML: _web,
}  # fmt: skip
