"""The light input of the writer: raw cells by column key, so that it can be filled from a reading or from a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..reading.layout import Column
from ..reading.results import SheetReading


@dataclass(frozen=True)
class SheetToWrite:
    """One table to write.

    Attributes:
        sheet: worksheet name (cut to the 31 characters that a workbook allows); tables of one name share a worksheet.
        title: the line above the table, or "".
        layout: the columns in order, with the words of each header row.
        rows: each row's cells as published, by column key; `section` and `subsection` are headings that a row stands
            under, written as merged rows when they change.
        notes: lines below the table.
    """

    sheet: str
    title: str
    layout: Sequence[Column]
    rows: Sequence[Mapping[str, str]]
    notes: Sequence[str] = ()


def sheet_to_write(reading: SheetReading) -> SheetToWrite:
    """A table as it was read."""
    return SheetToWrite(reading.sheet, reading.title, reading.layout, [row.raw for row in reading.rows], reading.notes)
