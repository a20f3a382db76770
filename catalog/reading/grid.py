"""The one normalised table that every reader gives and every later step takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import bounds
from .errors import Refused


@dataclass(frozen=True)
class Cell:
    """A cell after merges were expanded.

    `top` and `left` are the position of the cell that the text was written in (equal to its own position unless
    merged); `height` and `width` count the cells of the merge.
    """

    text: str
    top: int
    left: int
    height: int = 1
    width: int = 1

    @property
    def origin(self) -> tuple[int, int]:
        return self.top, self.left


@dataclass(frozen=True)
class Placed:
    """A cell as a reader found it: its position from 0, its text, and how far it reaches."""

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1


@dataclass(frozen=True)
class Grid:
    """A rectangle of cells.

    Attributes:
        title: name of the sheet, or a number for tables of documents.
        rows: cells by row and column, all rows of one length.
        before: lines of text above the table, in order (documents and pages).
        after: lines of text below the last table.
        named: whether `title` was chosen by a person, and so may name the field.
    """

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    named: bool = True

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def build_rows(title: str, placed: Iterable[Placed]) -> tuple[tuple[Cell, ...], ...]:
    """Expand merges into a rectangle as large as the text reaches: a title merged over 16,384 columns makes no table.

    Raises:
        Refused: too many rows, columns or cells, or a cell of too many characters (it is named).
    """
    cells = list(placed)
    height = max((cell.row + 1 for cell in cells if cell.text), default=0)
    width = max((cell.column + 1 for cell in cells if cell.text), default=0)
    if height > bounds.MAX_ROWS or width > bounds.MAX_COLUMNS or height * width > bounds.MAX_CELLS:
        raise bounds.too_many_rows(title)
    rows = [[Cell("", row, column) for column in range(width)] for row in range(height)]
    for cell in cells:
        _check_length(title, cell)
        _spread(rows, cell)
    return tuple(tuple(row) for row in rows)


def _check_length(title: str, cell: Placed) -> None:
    if len(cell.text) > bounds.MAX_CELL_CHARACTERS:
        raise Refused(
            _("工作表“{sheet}”第 {row} 行第 {column} 列的单元格超过 {limit} 个字，请把它拆短再传。").format(
                sheet=title, row=cell.row + 1, column=column_letters(cell.column), limit=bounds.MAX_CELL_CHARACTERS
            )
        )


def _spread(rows: list[list[Cell]], cell: Placed) -> None:
    made = Cell(cell.text, cell.row, cell.column, cell.height, cell.width)
    for row in rows[cell.row : cell.row + cell.height]:
        for column in range(cell.column, min(cell.column + cell.width, len(row))):
            row[column] = made


def column_letters(column: int) -> str:
    """0 -> A, 26 -> AA: columns as a spreadsheet shows them."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def distinct(row: Sequence[Cell]) -> list[Cell]:
    """The cells with text, a merged one once."""
    seen: dict[tuple[int, int], Cell] = {}
    for cell in row:
        if cell.text.strip():
            seen.setdefault(cell.origin, cell)
    return list(seen.values())
