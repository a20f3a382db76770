"""Cutting grids into tables: a header, the title above it, and the rows below it up to the next table."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .fields import field_of_sheet, field_of_title, names_catalogue
from .grid import Cell, Grid, distinct
from .header import Header, find_headers
from .layout import Column, positions
from .lines import is_note, is_numbered, is_section, note_like, row_text

_MAX_TITLE_GAP = 6


@dataclass(frozen=True)
class Line:
    """One row of a table's body with its number in the source, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def texts(self) -> list[Cell]:
        return distinct(self.cells)


@dataclass
class Block:
    """One table before its rows are understood."""

    sheet: str
    title: str
    field: str
    layout: tuple[Column, ...]
    lines: list[Line] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    section: str = ""


@dataclass(frozen=True)
class Headless:
    """A grid in which no header was found: a cover page, or a table that a person must look at."""

    sheet: str
    notes: tuple[str, ...]
    is_table: bool


def cut(grids: Iterable[Grid]) -> Iterator[Block | Headless]:
    """Tables of all grids in order. A grid without a header that carries on the numbering of the last is part of it."""
    last: Block | None = None
    for grid in grids:
        headers = find_headers(grid)
        if headers:
            for block in _blocks(grid, headers, last):
                yield block
                last = block
        elif last and _carries_on(grid, last):
            last.lines.extend(_lines(grid, 0, len(grid.rows)))
            last.notes.extend(grid.after)
        elif grid.rows or grid.before or grid.after:
            yield _headless(grid)


def _blocks(grid: Grid, headers: Sequence[Header], last: Block | None) -> list[Block]:
    blocks: list[Block] = []
    ends = [*(_title_top(grid, header) for header in headers[1:]), len(grid.rows)]
    for index, (header, end) in enumerate(zip(headers, ends, strict=True)):
        block = _first(grid, header, last) if index == 0 else _next(grid, header, blocks[-1])
        if not blocks or block is not blocks[-1]:
            blocks.append(block)
        block.lines.extend(_lines(grid, header.bottom, end))
    blocks[-1].notes.extend(line for line in grid.after if grid.named or note_like(line))
    return blocks


def _first(grid: Grid, header: Header, last: Block | None) -> Block:
    above = [row_text(row) for row in grid.rows[: header.top] if row_text(row)]
    lines = [*grid.before, *above]
    title = _title(lines, sure=bool(above))
    notes = [line for line in lines if line != title and (line in above or note_like(line))]
    section = "" if title == (lines[-1] if lines else "") else _section(lines)
    block = _block(grid, header, title, notes)
    block.section = section
    if not grid.named and not lines and last and same_columns(last.layout, header.columns):
        block.title, block.field, block.section = last.title, last.field, last.section
    return block


def _next(grid: Grid, header: Header, current: Block) -> Block:
    """A repeated header carries on; another title or other columns open a table."""
    top = _title_top(grid, header)
    title = _title([row_text(row) for row in grid.rows[top : header.top] if row_text(row)], sure=False)
    if same_columns(header.columns, current.layout) and title in ("", current.title):
        return current
    return _block(grid, header, title, [])


def same_columns(first: Sequence[Column], second: Sequence[Column]) -> bool:
    """Same meanings in the same order; whether the title cells are merged does not count."""
    return [column.key for column in first] == [column.key for column in second]


def _block(grid: Grid, header: Header, title: str, notes: list[str]) -> Block:
    named = field_of_sheet(grid.title) if grid.named else ""
    sheet = grid.title if grid.named else ""
    return Block(grid.title, title, field_of_title(title, sheet) or named, header.columns, notes=notes)


def _title_top(grid: Grid, header: Header) -> int:
    """Where the title rows that belong to a later header begin: lines that name a catalogue, right above it."""
    top = row = header.top
    while row > max(0, header.top - _MAX_TITLE_GAP):
        row -= 1
        text = row_text(grid.rows[row])
        if not text:
            continue
        if len(distinct(grid.rows[row])) > 1 or is_note(grid.rows[row]) or not names_catalogue(text):
            break
        top = row
    return top


def _title(lines: Sequence[str], *, sure: bool) -> str:
    """The line that names the field, else the list, else (in a sheet) the first line that is no note."""
    candidates = [line for line in lines if not note_like(line)]
    for word in ("领域", "目录", "清单", "标准"):
        named = [line for line in candidates if word in line and len(line) <= 120]
        if named:
            return named[-1]
    return candidates[0] if candidates and sure else ""


def _section(lines: Sequence[str]) -> str:
    """The line right above a table of a document can be its section: 一、社会救助."""
    return lines[-1] if lines and is_numbered(lines[-1]) and is_section(lines[-1]) else ""


def _lines(grid: Grid, start: int, end: int) -> Iterator[Line]:
    for row in range(start, end):
        yield Line(row + 1, grid.rows[row])


def _carries_on(grid: Grid, last: Block) -> bool:
    """Same width, no heading of its own, and the first number follows the last one."""
    numbers = positions(last.layout, "seq")
    if grid.before or not grid.rows or grid.width != len(last.layout) or not numbers or not last.lines:
        return False
    ended = next((line.cells[numbers[0]].text.strip() for line in reversed(last.lines) if line.cells[numbers[0]].text.strip()), "")
    begins = grid.rows[0][numbers[0]].text.strip()
    return ended.isdecimal() and begins.isdecimal() and int(begins) == int(ended) + 1


def _headless(grid: Grid) -> Headless:
    texts = [row_text(row) for row in grid.rows if row_text(row)]
    wide = [row for row in grid.rows if len(distinct(row)) >= 3]
    return Headless(grid.title, (*grid.before, *texts, *grid.after), len(wide) >= 3)
