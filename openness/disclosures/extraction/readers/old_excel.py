"""XLS, and ET of WPS, which is the same format, by calamine."""

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ..result import Limits, Page, State, Unreadable
from .cells import line


def read(path: Path, limits: Limits) -> Iterator[Page]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            for sheet in book.sheets_metadata:
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet:
                    rows = book.get_sheet_by_name(sheet.name).iter_rows()
                    yield from (Page(sheet.name, text) for row in rows if (text := line(row)))
    except CalamineError as fault:
        raise Unreadable(State.DAMAGED) from fault
