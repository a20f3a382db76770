"""Tables that residents take home: a workbook whose cells are numbers, days or words, and a CSV that a spreadsheet opens without running anything."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what spreadsheets read as a formula, full width too
_LONGEST_CELL = 32_000  # Excel's own limit is 32,767
_WIDEST, _NARROWEST = 48, 10
_KINDS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True)
class Table:
    """`rows` hold words, whole numbers, Decimals, days or None, one a heading."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]

    @property
    def everything(self) -> Iterable[Sequence[Any]]:
        yield self.headings
        yield from self.rows


def as_csv(table: Table) -> str:
    """With a byte order mark, so that Excel reads the Chinese. Words that a spreadsheet would compute get an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([_guarded(cell) for cell in row] for row in table.everything)
    return "\ufeff" + out.getvalue()


def _guarded(cell: Any) -> str:
    if cell is None:
        return ""
    words = _CONTROL.sub("", str(cell))
    return f"'{words}" if isinstance(cell, str) and words.lstrip(" ").startswith(_DANGEROUS) else words


def as_xlsx(table: Table) -> bytes:
    """Numbers and days as such, everything else as words: no cell is a formula or a link, whatever it begins with."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles = {
        "head": book.add_format({"bold": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "guarded": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        "money": book.add_format({"num_format": "#,##0.00"}),
    }
    sheet = book.add_worksheet()
    for column, width in enumerate(_widths(table)):
        sheet.set_column(column, column, width)
    for number, row in enumerate(table.everything):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, styles, is_head=number == 0)
    sheet.freeze_panes(1, 0)
    book.close()
    return stream.getvalue()


def _widths(table: Table) -> list[int]:
    columns = zip(table.headings, *table.rows, strict=True) if table.rows else ((heading,) for heading in table.headings)
    return [max(_NARROWEST, min(_WIDEST, max(2 * len(str(cell or "")) for cell in column) + 2)) for column in columns]


def _write(sheet: Any, row: int, column: int, cell: Any, styles: dict[str, Any], *, is_head: bool) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, styles["day"])
    elif isinstance(cell, Decimal):
        sheet.write_number(row, column, cell, styles["money"] if cell.as_tuple().exponent == -2 else None)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        words = _CONTROL.sub("", str(cell))[:_LONGEST_CELL]
        style = "head" if is_head else "guarded" if words.startswith(_DANGEROUS) else "words"
        sheet.write_string(row, column, words, styles[style])


def download(table: Table, kind: str) -> HttpResponse:
    """`kind` is csv or xlsx. The file is called by the table's title; no search engine lists it."""
    body = as_csv(table).encode() if kind == "csv" else as_xlsx(table)
    response = HttpResponse(body, content_type=_KINDS[kind])
    name = get_valid_filename(table.title)[:80]
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}") or ""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
