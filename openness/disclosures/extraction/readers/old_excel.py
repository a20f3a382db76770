"""XLS, and ET of WPS, which is the same format, by calamine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ..result import Limits, Page, State, Unreadable
from .cells import line


def read(path: Path, limits: Limits) -> Iterator[Page]:
    yield from (Page(title, text) for title, _number, cells in rows(path, limits) if (text := line(cells)))


def rows(path: Path, _limits: Limits, *, hidden: bool = False) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
    """The sheet's name, the number of the row from 1, and its cells; `hidden`: those of hidden sheets too."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            for sheet in book.sheets_metadata:
                if (hidden or sheet.visible == SheetVisibleEnum.Visible) and sheet.typ == SheetTypeEnum.WorkSheet:
                    for number, row in enumerate(book.get_sheet_by_name(sheet.name).iter_rows(), start=1):
                        yield sheet.name, number, tuple(row)
    except CalamineError as fault:
        raise Unreadable(State.DAMAGED) from fault
