"""Fitting pasted rows into the columns of a table that the law shapes, and saying in words what was taken and what was not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from .cells import Unread, read_cell
from .columns import NUMERIC, Column, Kind, bare
from .grid import Cells

_SUMS = re.compile(r"(?:本[页月季年期])?(?:合计|总计|小计|累计|共计)|期初(?:结余|余额)?|期末(?:结余|余额)?|上[期年]结转|结转下[期年]")
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）])?(?:本期|各项)?(收入|支出)(?:部分|明细|情况|项目)?[:：]?$"
)
_TEN_THOUSANDS = re.compile(r"万元")
_HEAD_ROWS = 12
_SIDES = {"收入": "in", "支出": "out"}


@dataclass
class Taken:
    """Rows by the columns' names, cells in their one written form; a cell that could not be read stays as it was written."""

    rows: list[dict[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


class Head(NamedTuple):
    """`row` is -1 where no row names the columns; `at` leads from a column of the sheet to one of ours, `sides` to an amount's side."""

    row: int
    at: dict[int, Column]
    sides: dict[int, str]
    left: list[str]
    factor: int = 1


def fit(cells: Cells, columns: Sequence[Column], *, year: int | None = None, side: str = "") -> Taken:
    """`year` completes 9月3日; `side` is the side of entries that do not say theirs."""
    taken = Taken()
    head = _head(cells, columns)
    _tell_head(taken, head, columns)
    for number, row in enumerate(cells[head.row + 1 :], start=head.row + 2):
        section = _section(row)
        if section and any(column.kind is Kind.SIDE for column in columns):
            side = section
        elif _is_sum(row, head):
            taken.said.append(_("第 {n} 行是合计或结余，没有当作一笔。").format(n=number))
        else:
            _take(taken, row, head, columns, (number, year, side))
    taken.said.insert(0, _("读到 {n} 行。").format(n=len(taken.rows)))
    return taken


def _head(cells: Cells, columns: Sequence[Column]) -> Head:
    best = Head(-1, dict(enumerate(columns)), {}, [])
    for number, row in enumerate(cells[:_HEAD_ROWS]):
        found = _named(number, row, columns)
        if len(found.at) >= min(2, len(columns)):
            return found
    return best


def _named(number: int, row: Sequence[str], columns: Sequence[Column]) -> Head:
    """Which of our columns each cell names: word for word first, then by a part of its words."""
    at: dict[int, Column] = {}
    sides: dict[int, str] = {}
    has_side = any(column.kind is Kind.SIDE for column in columns)
    amount = next((column for column in columns if column.kind is Kind.MONEY), None)
    names = [bare(cell) for cell in row]
    if has_side and amount and (split := _amounts(names, amount)):
        at, sides = dict.fromkeys(split, amount), split
    for whole in (True, False):
        for place, name in enumerate(names):
            if name and place not in at:
                free = [column for column in columns if column not in at.values()]
                if match := _match(name, free, whole):
                    at[place] = match
    left = [name for place, name in enumerate(names) if name and place not in at]
    factor = 10_000 if any(_TEN_THOUSANDS.search(row[place]) for place, column in at.items() if column.kind is Kind.MONEY) else 1
    return Head(number, at, sides, left, factor)


def _amounts(names: Sequence[str], amount: Column) -> dict[int, str]:
    """A cash book: 收入 and 支出, or one of them, are columns of amounts where none is called amount."""
    found = {place: _SIDES[name[:2]] for place, name in enumerate(names) if re.fullmatch(r"(?:收入|支出)(?:金额|数|额)?", name)}
    other = any(name in amount.headings for place, name in enumerate(names) if place not in found)
    return found if len(set(found.values())) == len(found) and not other else {}


def _match(name: str, columns: Sequence[Column], whole: bool) -> Column | None:
    for column in columns:
        if name in column.headings if whole else any(len(one) > 1 and one in name for one in column.headings):
            return column
    return None


def _tell_head(taken: Taken, head: Head, columns: Sequence[Column]) -> None:
    if head.row < 0:
        taken.said.append(_("没有看到表头，按这个顺序放：{names}。").format(names="、".join(column.label for column in columns)))
    if head.left:
        taken.said.append(_("这几列没有地方放，没有读：{names}。").format(names="、".join(head.left)))
    if head.factor != 1:
        taken.said.append(_("表头写的是万元，已经换成元。"))


def _section(row: Sequence[str]) -> str:
    """The side that a row by itself announces: 一、收入."""
    filled = {cell for cell in row if cell}
    found = _SECTION.match(filled.pop().replace(" ", "")) if len(filled) == 1 else None
    return _SIDES[found[1]] if found else ""


def _is_sum(row: Sequence[str], head: Head) -> bool:
    words = [bare(cell) for place, cell in enumerate(row) if cell and (place not in head.at or head.at[place].kind not in NUMERIC)]
    return bool(words) and any(_SUMS.fullmatch(word) for word in words[:2])


def _take(taken: Taken, row: Sequence[str], head: Head, columns: Sequence[Column], known: tuple[int, int | None, str]) -> None:
    number, year, side = known
    made = dict.fromkeys((column.name for column in columns), "")
    for place, column in sorted(head.at.items(), key=lambda one: one[0]):
        cell = row[place] if place < len(row) else ""
        try:
            read = _scaled(read_cell(cell, column.kind, year), column, head.factor)
        except Unread:
            taken.unread.append(_("第 {n} 行：{column}“{cell}”看不懂，请改一下。").format(n=number, column=column.label, cell=cell[:20]))
            read = cell
        if read and place in head.sides:
            side = head.sides[place]
        made[column.name] = read or made[column.name]
    if any(made.values()):
        sided = next((column.name for column in columns if column.kind is Kind.SIDE), "")
        if sided and not made[sided]:
            made[sided] = side
        taken.rows.append(made)


def _scaled(read: str, column: Column, factor: int) -> str:
    if factor == 1 or column.kind is not Kind.MONEY or not read:
        return read
    return format((Decimal(read) * factor).quantize(Decimal("0.01")), "f")
