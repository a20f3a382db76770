"""Finding header rows: one to three rows of known titles, wherever the table starts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .grid import Cell, Grid, distinct
from .layout import Column
from .words import ITEM_KEYS, child_meaning, is_main, meaning, normalise

_MAX_HEIGHT = 4
_LEVELS = ("level1", "level2", "level3")
_NUMBERING = re.compile(r"[(\[]?(?:\d{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[①-⑳])[)\]]?")


@dataclass(frozen=True)
class Header:
    """Rows `top` to `bottom` (exclusive) of a grid are the header of these columns."""

    top: int
    bottom: int
    columns: tuple[Column, ...]


def find_headers(grid: Grid) -> list[Header]:
    """Every header of a grid from top to bottom, repeated ones too."""
    headers: list[Header] = []
    row = 0
    while row < len(grid.rows):
        header = _header_at(grid, row)
        if header:
            headers.append(header)
        row = header.bottom if header else row + 1
    return headers


def _header_at(grid: Grid, top: int) -> Header | None:
    if not _may_start(grid.rows[top], top):
        return None
    bottom = _bottom(grid, top)
    columns = _columns(grid.rows[top:bottom])
    return Header(top, _skip_numbering(grid, bottom), columns) if _is_header(columns) else None


def _may_start(row: Sequence[Cell], top: int) -> bool:
    """Two known main titles that begin in this row."""
    cells = [cell for cell in distinct(row) if cell.top == top]
    keys = {meaning(cell.text) for cell in cells if cell.height <= _MAX_HEIGHT}
    return sum(is_main(key) for key in keys) >= 2


def _is_header(columns: Sequence[Column]) -> bool:
    """It names the item, and most of its titles are known: a row of data has a stray known word at most."""
    means = {column.means for column in columns}
    known = sum(column.means != "extra" for column in columns)
    named = any(key in means for key in (*ITEM_KEYS, "elements"))
    return named and len({key.split(":")[0] for key in means} - {"extra"}) >= 2 and known * 5 >= 2 * _titled(columns)


def _titled(columns: Sequence[Column]) -> int:
    return sum(bool(column.title) for column in columns)


def _bottom(grid: Grid, top: int) -> int:
    """The header reaches as far as its merges do, and over each next row of sub-titles."""
    bottom = top + 1
    while bottom < min(len(grid.rows), top + _MAX_HEIGHT) and _continues(grid, top, bottom):
        bottom += 1
    return bottom


def _continues(grid: Grid, top: int, row: int) -> bool:
    """A title merged down from above makes it a header row; without merges every word in it must be a sub-title."""
    cells = [(column, cell) for column, cell in enumerate(grid.rows[row]) if cell.text.strip()]
    if any(cell.top < row for _column, cell in cells):
        return True
    return bool(cells) and not _repeats(grid, top, row) and all(_is_subtitle(grid, top, row, *place) for place in cells)


def _repeats(grid: Grid, top: int, row: int) -> bool:
    return [cell.text for cell in grid.rows[row]] == [cell.text for cell in grid.rows[top]]


def _is_subtitle(grid: Grid, top: int, row: int, column: int, cell: Cell) -> bool:
    """A known title, or short words under a title where the row can be no data: the title above spans columns
    (公开渠道 over the names of channels), or the row names levels of items.
    """
    if meaning(cell.text):
        return True
    parent = _parent(grid, top, row, column)
    if parent is None or len(normalise(cell.text)) > 30:
        return False
    if parent.width > 1 or any(meaning(each.text) in _LEVELS for each in distinct(grid.rows[row])):
        return True
    return meaning(parent.text) == "item" and bool(child_meaning("item", cell.text))


def _parent(grid: Grid, top: int, row: int, column: int) -> Cell | None:
    """The nearest title above in this column; an unmerged group title stands above its first column only."""
    for above in range(row - 1, top - 1, -1):
        cell = grid.rows[above][column]
        if cell.text.strip():
            return cell
    return None


def _skip_numbering(grid: Grid, bottom: int) -> int:
    """Some tables number their columns (1 2 3 …) in a row of its own below the titles."""
    if bottom >= len(grid.rows):
        return bottom
    texts = [normalise(cell.text) for cell in distinct(grid.rows[bottom])]
    numbered = len(texts) >= 4 and all(_NUMBERING.fullmatch(text) for text in texts) and len(set(texts)) == len(texts)
    return bottom + 1 if numbered and _ascending(texts) else bottom


def _ascending(texts: list[str]) -> bool:
    digits = [int(text.strip("()[]")) for text in texts if text.strip("()[]").isdecimal()]
    return not digits or (len(digits) == len(texts) and digits == list(range(digits[0], digits[0] + len(digits))))


def _columns(rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    columns: list[Column] = []
    group = ""
    for index in range(len(rows[0])):
        cells = [row[index] for row in rows]
        titles = tuple(cell.text for cell in cells)
        group = _group(cells, group)
        columns.append(Column("", _means(cells, group), titles))
    return _keyed(_sole_elements(columns))


def _group(cells: Sequence[Cell], before: str) -> str:
    """The group that a column's own title stands under; a blank cell right of an unmerged group title is under it."""
    if len(cells) < 2:
        return ""
    first = cells[0].text.strip()
    below = any(cell.text.strip() and cell.origin != cells[0].origin for cell in cells[1:])
    if first:
        return meaning(first) if below else ""
    return before if below else ""


def _means(cells: Sequence[Cell], group: str) -> str:
    titles = list(dict.fromkeys(cell.text for cell in cells if cell.text.strip()))
    if not titles:
        return "extra"
    own = titles[-1]
    if (group and len(titles) > 1) or (group and not cells[0].text.strip()):
        return child_meaning(group, own) or meaning(own) or "extra"
    return meaning(own) or "extra"


def _sole_elements(columns: list[Column]) -> list[Column]:
    """A list with 公开内容 and no item column names its items there."""
    if any(column.means in (*ITEM_KEYS, "category") for column in columns):
        return columns
    return [Column(column.key, "item" if column.means == "elements" else column.means, column.titles) for column in columns]


def _keyed(columns: list[Column]) -> tuple[Column, ...]:
    """Give each column its key. A meaning belongs to one column: the one named most fully, else the first."""
    owners: dict[str, int] = {}
    for index, column in enumerate(columns):
        rival = owners.get(column.means)
        if column.means != "extra" and (rival is None or _rank(column) > _rank(columns[rival])):
            owners[column.means] = index
    used: dict[str, int] = {}
    return tuple(_key(column, owners.get(column.means) == index, used) for index, column in enumerate(columns))


def _rank(column: Column) -> int:
    return 2 * normalise(column.title).startswith("公开") + (column.means in ("publisher", "channels") and "形式" not in column.title)


def _key(column: Column, owner: bool, used: dict[str, int]) -> Column:
    if owner:
        return Column(column.means, column.means, column.titles)
    if column.means == "method":
        return Column(_unique("method", used, first="method2"), "method", column.titles)
    return Column(_unique(f"extra:{column.title}", used), "extra", column.titles)


def _unique(key: str, used: dict[str, int], first: str = "") -> str:
    used[key] = used.get(key, 0) + 1
    if used[key] == 1:
        return first or key
    return f"{key}({used[key]})"
