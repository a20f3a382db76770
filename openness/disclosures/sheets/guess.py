"""A table whose shape nobody prescribes: which row is the heading, and what each column holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .cells import Unread, read_cell
from .columns import Kind
from .grid import Cells

_MONEY = re.compile(r"元|金额|[款费金]$|单价|标准")
_DAYS = re.compile(r"日期|时间|年月日|[年月]$|日$")
_CODE = re.compile(r"0\d+|\d{11,}", re.ASCII)
_NAMES = re.compile(r"号|码|代码|电话|组别|年度")


@dataclass
class Guessed:
    """`columns` are (kind, heading); cells in their one written form."""

    caption: str = ""
    columns: list[tuple[Kind, str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def guess(cells: Cells, year: int | None = None) -> Guessed:
    """Every word of the sheet finds a place: a column with a cell that is no amount or day holds words."""
    made = Guessed()
    start = _titled(cells, made)
    if start >= len(cells):
        return made
    heading = cells[start] if _is_heading(cells[start]) else [_("第 {n} 列").format(n=n + 1) for n in range(len(cells[start]))]
    body = cells[start + 1 :] if heading is cells[start] else cells[start:]
    columns = [_column(heading[place], [row[place] for row in body], year) for place in range(len(heading))]
    made.columns = [(kind, name) for (kind, _cells), name in zip(columns, heading, strict=True)]
    made.rows = [list(row) for row in zip(*(cells for _kind, cells in columns), strict=True)] if body else []
    made.said.append(_("读到 {n} 行 {m} 列。").format(n=len(made.rows), m=len(made.columns)))
    return made


def _titled(cells: Cells, made: Guessed) -> int:
    """Rows above the heading with one cell only are the table's name."""
    start = 0
    wide = max(map(len, cells), default=0)
    while wide > 1 and start < len(cells) and start < 3 and sum(map(bool, cells[start])) == 1 and cells[start][0]:
        start += 1
    made.caption = " ".join(row[0] for row in cells[:start])[:80]
    return start


def _is_heading(row: Sequence[str]) -> bool:
    """All words, no figures, and nothing twice."""
    filled = [cell for cell in row if cell]
    return bool(filled) and len(set(filled)) == len(filled) and not any(_is_figure(cell) for cell in filled)


def _is_figure(cell: str) -> bool:
    for kind in (Kind.NUMBER, Kind.DATE):
        try:
            if read_cell(cell, kind, 2000):
                return True
        except Unread:
            continue
    return False


def _column(heading: str, cells: Sequence[str], year: int | None) -> tuple[Kind, list[str]]:
    for kind in _candidates(heading, cells):
        try:
            return kind, [read_cell(cell, kind, year) for cell in cells]
        except Unread:
            continue
    return Kind.TEXT, [read_cell(cell, Kind.TEXT) for cell in cells]


def _candidates(heading: str, cells: Sequence[str]) -> list[Kind]:
    filled = [cell for cell in cells if cell]
    if not filled or _NAMES.search(heading) or any(_CODE.fullmatch(cell) for cell in filled):
        return []
    if _DAYS.search(heading):
        return [Kind.DATE]
    return [Kind.MONEY] if _MONEY.search(heading) else [Kind.NUMBER, Kind.DATE]
