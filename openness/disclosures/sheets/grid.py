"""From the clipboard, a text box or a workbook to rows of cells. Merged cells say everywhere what they say once."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from bs4 import BeautifulSoup, Tag
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ..extraction.kinds import Kind as FileKind
from ..extraction.kinds import kind_of
from ..extraction.locks import is_locked
from ..extraction.readers import old_excel
from ..extraction.readers.cells import word
from ..extraction.readers.ooxml import refuse_bombs
from ..extraction.result import Limits, State, Unreadable

Cells = list[list[str]]
MOST_COLUMNS = 60
MOST_LINES = 20_000
_FAULTS = (InvalidFileException, zipfile.BadZipFile, zlib.error, NotImplementedError, ParseError, KeyError, ValueError, EOFError)
_SPAN = re.compile(r"[1-9]\d{0,4}")


def from_text(text: str) -> Cells:
    """Lines of cells between tabs, as Excel and WPS copy them: a cell with a line break or a quotation mark is quoted."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if "\t" not in text:
        return _tidy(re.split(r"[,，]|\s{2,}", line) if _is_listed(line) else [line] for line in text.split("\n"))
    try:
        return _tidy(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:
        return _tidy(line.split("\t") for line in text.split("\n"))


def _is_listed(line: str) -> bool:
    """Without tabs: cells between commas or wide spaces, but no amount is cut at its thousands."""
    return bool(re.search(r"\s{2,}|，|,(?!\d{3}(?:\D|$))", line.strip()))


def from_html(html: str) -> Cells:
    """The largest table of a piece of HTML; no rows where there is none."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup.find_all(["script", "style", "template"]):
        hidden.decompose()
    tables: list[Cells] = [_spread(table) for table in soup.find_all("table")]
    largest: Cells = max(tables, key=len, default=[])
    return _tidy(largest)


def _spread(table: Tag) -> Cells:
    """Rows of a table with its spans written out."""
    rows: dict[int, dict[int, str]] = {}
    for number, row in enumerate(table.find_all("tr")[:MOST_LINES]):
        line, column = rows.setdefault(number, {}), 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while column in line:
                column += 1
            column = _place(rows, number, column, cell)
    return [[line.get(column, "") for column in range(max(line, default=-1) + 1)] for _number, line in sorted(rows.items())]


def _place(rows: dict[int, dict[int, str]], number: int, column: int, cell: Tag) -> int:
    for mark in cell.find_all("br"):
        mark.replace_with("\n")
    words = cell.get_text().replace("\xa0", " ")
    words = "\n".join(" ".join(line.split()) for line in words.strip().split("\n"))
    wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
    for below in range(high):
        for beside in range(wide):
            # A cell merged sideways is a title or a heading over several: it is said once.
            rows.setdefault(number + below, {})[column + beside] = words if beside == 0 else ""
    return column + wide


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name, "1"))
    return min(int(said), MOST_COLUMNS if name == "colspan" else 1000) if _SPAN.fullmatch(said) else 1


def from_workbook(path: Path, limits: Limits) -> Cells:
    """The first visible sheet of an .xlsx, .xls or .et that says anything; .csv and text too.

    Raises:
        Unreadable: damaged, locked, too large, or no table.
    """
    if path.stat().st_size > limits.file_bytes:
        raise Unreadable(State.TOO_LARGE)
    kind = kind_of(path)
    if is_locked(kind, path):
        raise Unreadable(State.ENCRYPTED)
    if kind is FileKind.XLSX:
        return _modern(path, limits)
    if kind is FileKind.OLD_EXCEL:
        return _tidy(map(word, cells) for _title, _number, cells in old_excel.rows(path, limits))
    if kind is FileKind.TEXT:
        return _separated(path)
    raise Unreadable(State.DAMAGED)


def _separated(path: Path) -> Cells:
    from ..extraction.readers.plain import decode

    text = decode(path.read_bytes())
    return _tidy(csv.reader(io.StringIO(text, newline=""))) if "\t" not in text else from_text(text)


def _modern(path: Path, limits: Limits) -> Cells:
    refuse_bombs(path, limits)
    try:
        with path.open("rb") as file:
            book = load_workbook(file, data_only=True, keep_links=False)
            sheets = [_sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except _FAULTS as fault:
        raise Unreadable(State.DAMAGED) from fault
    return next((cells for cells in sheets if cells), [])


def _sheet(sheet: Any) -> Cells:
    wide, high = min(sheet.max_column, MOST_COLUMNS), min(sheet.max_row, MOST_LINES)
    rows = [[_said(cell) for cell in row] for row in sheet.iter_rows(values_only=True, max_row=high, max_col=wide)]
    for span in sheet.merged_cells.ranges:
        for below in range(span.min_row, min(span.max_row, len(rows)) + 1):
            row = rows[below - 1]
            if span.min_col <= len(row):
                row[span.min_col - 1] = rows[span.min_row - 1][span.min_col - 1]
    return _tidy(rows)


def _said(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else word(cell)


def _tidy(rows: Iterable[Iterable[str]]) -> Cells:
    """Without blank rows, and without blank columns at the right."""
    kept = [[str(cell).strip() for cell in list(row)[:MOST_COLUMNS]] for row in rows]
    kept = [row for row in kept if any(row)][:MOST_LINES]
    width = max((number + 1 for row in kept for number, cell in enumerate(row) if cell), default=0)
    return [(row + [""] * width)[:width] for row in kept]
