"""A row of a sheet as one line, the way people read the numbers."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from ..words import clean


def line(cells: Iterable[Any]) -> str:
    return " ".join(filter(None, map(word, cells)))


def word(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return _number(cell)
    return "" if cell is None or isinstance(cell, bool) else clean(str(cell))


def _number(value: float) -> str:
    """Without the dust of binary fractions, and without an exponent: account numbers are long."""
    return f"{value:.0f}" if value.is_integer() else f"{value:.12g}"
