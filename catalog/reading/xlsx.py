"""Sheets of an .xlsx workbook as grids."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from lxml.etree import XMLSyntaxError
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from . import bounds
from .archive import check_archive
from .grid import Grid, Placed, build_rows

_BROKEN = (
    InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError,
    ParseError, XMLSyntaxError,
)  # fmt: skip
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_PADDED = re.compile(r"0+")


def read_xlsx(data: bytes) -> list[Grid]:
    """Every worksheet in order, hidden ones too: what a person cannot see must not get lost.

    Raises:
        Refused: damaged, or out of bounds.
    """
    check_archive(data)
    values = _open(data, data_only=True)
    if len(values.sheetnames) > bounds.MAX_SHEETS:
        raise bounds.too_many_sheets()
    formulas = _open(data, data_only=False) if _has_formula(data) else None
    return [_grid(sheet, formulas[sheet.title] if formulas else None) for sheet in values.worksheets]


def _has_formula(data: bytes) -> bool:
    with ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def _open(data: bytes, *, data_only: bool) -> Workbook:
    try:
        return load_workbook(io.BytesIO(data), data_only=data_only)
    except _BROKEN as error:
        raise bounds.damaged() from error


def _grid(sheet: Worksheet, formulas: Worksheet | None) -> Grid:
    return Grid(sheet.title, build_rows(sheet.title, _placed(sheet, formulas)))


def _placed(sheet: Worksheet, formulas: Worksheet | None) -> Iterator[Placed]:
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    # `iter_rows` would make a cell for each position of a sheet that is a million rows of formatting.
    for (row, column), cell in sorted(sheet._cells.items()):
        if isinstance(cell, MergedCell):
            continue
        text = _text(cell, formulas, row, column)
        area = spans.get((row, column))
        if area:
            yield Placed(row - 1, column - 1, text, area.max_row - row + 1, area.max_col - column + 1)
        elif text:
            yield Placed(row - 1, column - 1, text)


def _text(cell: SheetCell, formulas: Worksheet | None, row: int, column: int) -> str:
    """The text as shown. A formula that was never computed shows itself, so that the row goes to a person."""
    if cell.value is None:
        if formulas is None:
            return ""
        written: Any = formulas.cell(row, column)
        return str(written.value) if written.data_type == "f" and isinstance(written.value, str) else ""
    return as_text(cell.value, str(cell.number_format))


def as_text(value: Any, number_format: str = "General") -> str:
    """A cell's value in the words a reader sees: 1.0 is 1, a date is ISO, 0505 keeps its zero."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        whole = format(value, ".15g")
        return whole.zfill(len(number_format)) if _PADDED.fullmatch(number_format) else whole
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return _control_free(str(value))


def _control_free(text: str) -> str:
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
