"""The official layout as an .xlsx file: title, header rows with their merges, merged runs of equal cells, notes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter

from ..reading.layout import Column
from .sheets import SheetToWrite

_MERGED_MEANS = frozenset({"field", "category", "level1", "basis", "time_limit", "publisher"})
_IDENTITY = frozenset({"seq", "level1", "level2", "level3", "item", "elements"})
_WIDTHS = {"seq": 6, "level1": 14, "level2": 18, "level3": 18, "item": 24, "elements": 36, "basis": 30, "time_limit": 22, "channels": 30}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass
class _Sheet:
    """A worksheet being written, and its next free row."""

    worksheet: Any
    formats: Mapping[str, Any]
    row: int = 0

    def write(self, row: int, column: int, text: str, style: str) -> None:
        if text:
            self.worksheet.write_string(row, column, _CONTROL.sub("", text), self.formats[style])
        else:
            self.worksheet.write_blank(row, column, None, self.formats[style])

    def merge(self, area: tuple[int, int, int, int], text: str, style: str) -> None:
        top, left, bottom, right = area
        if (top, left) == (bottom, right):
            self.write(top, left, text, style)
            return
        self.worksheet.merge_range(top, left, bottom, right, "", self.formats[style])
        self.write(top, left, text, style)


def write_catalogue(sheets: Iterable[SheetToWrite], stream: IO[bytes]) -> None:
    """Write the tables as one .xlsx workbook to a binary stream. No cell becomes a number, a link or a formula."""
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    formats = _formats(workbook)
    open_sheets: dict[str, _Sheet] = {}
    names: set[str] = set()
    for sheet in sheets:
        if sheet.sheet not in open_sheets:
            open_sheets[sheet.sheet] = _Sheet(workbook.add_worksheet(_sheet_name(sheet.sheet, names)), formats)
        _write_table(open_sheets[sheet.sheet], sheet)
    workbook.close()


def _formats(workbook: Any) -> dict[str, Any]:
    cell = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 10}
    return {
        "title": workbook.add_format({"bold": True, "align": "center", "valign": "vcenter", "font_size": 16}),
        "header": workbook.add_format({**cell, "bold": True, "align": "center"}),
        "cell": workbook.add_format(cell),
        "note": workbook.add_format({"text_wrap": True, "valign": "vcenter", "font_size": 10}),
    }


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that a workbook allows, and that no other sheet has in any case of letters."""
    base = _FORBIDDEN.sub("_", wanted).strip("'")[:31] or "目录"
    name, number = base, 1
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        suffix = f"({number})"
        name = base[: 31 - len(suffix)] + suffix
    taken.add(name.casefold())
    return name


def _write_table(sheet: _Sheet, table: SheetToWrite) -> None:
    if sheet.row:
        sheet.row += 1
    last = max(len(table.layout) - 1, 0)
    if table.title:
        sheet.merge((sheet.row, 0, sheet.row, last), table.title, "title")
        sheet.row += 1
    _write_header(sheet, table.layout)
    for heading, rows in _under_headings(table.rows):
        if heading:
            sheet.merge((sheet.row, 0, sheet.row, last), heading, "cell")
            sheet.row += 1
        _write_rows(sheet, table.layout, rows)
    _write_notes(sheet, table.notes, last)


def _write_header(sheet: _Sheet, layout: Sequence[Column]) -> None:
    """Equal titles side by side are one group; a title repeated below itself reaches down."""
    height = max((len(column.titles) for column in layout), default=0)
    grid = [[column.titles[row] if row < len(column.titles) else "" for column in layout] for row in range(height)]
    done: set[tuple[int, int]] = set()
    for row in range(height):
        for column in range(len(layout)):
            if (row, column) not in done:
                done |= _write_title(sheet, grid, row, column)
    for index, each in enumerate(layout):
        sheet.worksheet.set_column(index, index, _WIDTHS.get(each.means, 10))
    sheet.row += height


def _write_title(sheet: _Sheet, grid: list[list[str]], row: int, column: int) -> set[tuple[int, int]]:
    text, right, bottom = grid[row][column], column, row
    if text:
        while bottom + 1 < len(grid) and grid[bottom + 1][column] == text:
            bottom += 1
        while bottom == row < len(grid) - 1 and right + 1 < len(grid[0]) and _joins(grid, row, right + 1, text):
            right += 1
    sheet.merge((sheet.row + row, column, sheet.row + bottom, right), text, "header")
    return {(line, place) for line in range(row, bottom + 1) for place in range(column, right + 1)}


def _joins(grid: list[list[str]], row: int, column: int, text: str) -> bool:
    """Equal title over another sub-title; above, the two must share their group."""
    return grid[row][column] == text and grid[row + 1][column] != text


def _under_headings(rows: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, list[Mapping[str, str]]]]:
    """Rows in runs under one heading; sections come before their sub-sections."""
    above: tuple[str, str] = ("", "")
    run: list[Mapping[str, str]] = []
    heading = ""
    for row in rows:
        under = (row.get("section", ""), row.get("subsection", ""))
        if under != above:
            yield heading, run
            heading, run = "", []
            if under[0] != above[0] and under[0]:
                yield under[0], []
            heading = under[1]
            above = under
        run.append(row)
    yield heading, run


def _write_rows(sheet: _Sheet, layout: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> None:
    for index, column in enumerate(layout):
        texts = [row.get(column.key, "") for row in rows]
        for start, end in _runs(texts, _joinable(column, layout, rows)):
            sheet.merge((sheet.row + start, index, sheet.row + end, index), texts[start], "cell")
    sheet.row += len(rows)


def _joinable(column: Column, layout: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> list[bool]:
    """Which rows may join the cell above: only where another cell still tells the two items apart."""
    others = [each.key for each in layout if each.means in _IDENTITY and each.key != column.key]
    merged = column.means in _MERGED_MEANS
    return [merged and any(row.get(key, "").strip() for key in others) for row in rows]


def _runs(texts: Sequence[str], joinable: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last index of each run of equal texts; blank cells stand alone."""
    start = 0
    for index in range(1, len(texts) + 1):
        if index == len(texts) or not joinable[index] or not texts[start].strip() or texts[index] != texts[start]:
            yield start, index - 1
            start = index


def _write_notes(sheet: _Sheet, notes: Sequence[str], last: int) -> None:
    if notes:
        sheet.row += 1
    for note in notes:
        sheet.merge((sheet.row, 0, sheet.row, last), note, "note")
        sheet.row += 1
