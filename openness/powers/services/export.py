"""A version as a sheet: what `read_list` reads, this writes without loss. No cell is a formula, whatever it begins with."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import xlsxwriter

from ..columns import COLUMNS, NAMES
from ..rules.content import Content
from .publish import in_words

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DANGEROUS = ("=", "+", "-", "@", "\t")
_LONGEST_CELL = 32_000


class _Line:
    """A file that only hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def cells_of(entry: Content) -> list[str]:
    values = entry.as_dict()
    return [_CONTROL.sub("", in_words(name, values[name]))[:_LONGEST_CELL] for name in NAMES]


def csv_lines(entries: Iterable[Content]) -> Iterator[str]:
    """With the mark that Excel needs to read UTF-8."""
    writer = csv.writer(_Line())
    yield "\ufeff" + str(writer.writerow([str(column.label) for column in COLUMNS]))
    for entry in entries:
        yield str(writer.writerow([f"'{cell}" if cell.startswith(_DANGEROUS) else cell for cell in cells_of(entry)]))


def write_xlsx(entries: Sequence[Content], title: str, stream: IO[bytes]) -> None:
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    guarded = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "quote_prefix": True})
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", "", title)[:31])
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, str(column.label), head)
    for number, entry in enumerate(entries, start=1):
        for place, cell in enumerate(cells_of(entry)):
            sheet.write_string(number, place, cell, guarded if cell.startswith(_DANGEROUS) else text)
    book.close()
