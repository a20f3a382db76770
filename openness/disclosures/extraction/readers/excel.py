"""XLSX by openpyxl, row by row; hidden sheets are left out."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ..result import Limits, Page, State, Unreadable
from .cells import line
from .ooxml import refuse_bombs

_FAULTS = (InvalidFileException, zipfile.BadZipFile, zlib.error, NotImplementedError, ParseError, KeyError, ValueError, EOFError)


def read(path: Path, limits: Limits) -> Iterator[Page]:
    """The sheet's name is the label; a line a row; formulas by the values last computed."""
    for title, _number, cells in rows(path, limits):
        if text := line(cells):
            yield Page(title, text)


def rows(path: Path, limits: Limits, *, hidden: bool = False) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
    """The sheet's name, the number of the row from 1, and its cells from column A on; `hidden`: those of hidden sheets too."""
    refuse_bombs(path, limits)
    warnings.simplefilter("ignore")  # of styles that openpyxl does not know
    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                if hidden or sheet.sheet_state == "visible":
                    sheet.reset_dimensions()  # some programs write a wrong size, and rows get lost
                    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                        yield sheet.title, number, row
    except _FAULTS as fault:
        raise Unreadable(State.DAMAGED) from fault
