"""Tables that people paste or choose: read once, here, whether they come from the clipboard, from a text box or from a workbook. Pure."""

from .columns import Column, Kind
from .fit import Taken, fit
from .grid import Cells, from_html, from_text, from_workbook
from .guess import Guessed, guess
from .write import to_text

__all__ = [
    "Cells", "Column", "Guessed", "Kind", "Taken", "fit", "from_html", "from_text", "from_workbook", "guess", "to_text",
]  # fmt: skip
