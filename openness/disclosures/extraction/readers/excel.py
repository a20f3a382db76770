"""XLSX by openpyxl, row by row; hidden sheets are left out."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ..result import Limits, Page, State, Unreadable
from .cells import line
from .ooxml import refuse_bombs

_FAULTS = (InvalidFileException, zipfile.BadZipFile, zlib.error, NotImplementedError, ParseError, KeyError, ValueError, EOFError)


def read(path: Path, limits: Limits) -> Iterator[Page]:
    """The sheet's name is the label; a line a row; formulas by the values last computed."""
    refuse_bombs(path, limits)
    warnings.simplefilter("ignore")  # of styles that openpyxl does not know
    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()  # some programs write a wrong size, and rows get lost
                    for row in sheet.iter_rows(values_only=True):
                        if text := line(row):
                            yield Page(sheet.title, text)
    except _FAULTS as fault:
        raise Unreadable(State.DAMAGED) from fault
