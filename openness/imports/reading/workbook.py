"""The first visible sheet of an .xlsx, row by row: formulas by the values last computed, dates as days, no number rounded."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openness.disclosures.extraction.readers import excel
from openness.disclosures.extraction.readers.cells import word

from .accept import limits
from .sheet import Row, narrow


def rows(path: Path) -> Iterator[Row]:
    """Raises Unreadable while walking where the file is damaged."""
    chosen = ""
    for title, number, cells in excel.rows(path, limits()):
        chosen = chosen or (title if any(cell is not None for cell in cells) else "")
        if chosen and title != chosen:
            return
        yield number, narrow(map(_said, cells))


def _said(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "minutes")
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return cell.isoformat() if isinstance(cell, date) else word(cell)
