"""The results as a table: CSV and XLSX, in the order of the page. No cell is a formula, whatever it begins with."""

import csv
import re
import tempfile
from collections.abc import Iterator
from io import StringIO
from typing import IO

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .documents import Document
from .following import fresh
from .query import parse
from .service import table

MOST = 1000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (40, 20, 16, 24, 12, 16, 20, 30, 12, 12, 40)
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def results_csv(request: HttpRequest) -> HttpResponse:
    """With a byte order mark, so that Excel reads the Chinese."""
    text = StringIO()
    csv.writer(text).writerows([("'" + cell if cell.startswith(_DANGEROUS) else cell) for cell in row] for row in _rows(request))
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=_headers("csv"))


@require_safe
def results_xlsx(request: HttpRequest) -> FileResponse:
    return FileResponse(_workbook(list(_rows(request))), content_type=_SHEET, headers=_headers("xlsx"))


def _headers(ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="results.{ending}"', "X-Robots-Tag": "noindex"}


def _rows(request: HttpRequest) -> Iterator[list[str]]:
    """Headings, results, and what has to be said of them."""
    results = table(parse(request.GET), MOST)
    yield [
        _("标题"), _("单位"), _("领域"), _("公开事项"), _("类别"), _("标签"), _("文号"), _("索引号"), _("公开日期"), _("公示结束"), _("网址"),
    ]  # fmt: skip
    for document in fresh(hit.document.uid for hit in results.hits[:MOST]).values():
        yield [_CONTROL.sub("", cell) for cell in _row(document)]
    if results.total > MOST:
        yield [_("一共 {n} 条，这里只有前 {most} 条。请加上条件，分几次下载。").format(n=results.total, most=MOST)]
    for note in results.notes:
        yield [_CONTROL.sub("", note)]


def _row(one: Document) -> list[str]:
    return [
        one.title, one.place_label, one.field, one.item, one.category, "、".join(one.tags), one.number, one.index_number,
        str(one.published_on or ""), str(one.notice_until or ""), settings.SITE_URL + one.url,
    ]  # fmt: skip


def _workbook(rows: list[list[str]]) -> IO[bytes]:
    """An open file at its beginning; it disappears when closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold, guarded = book.add_worksheet(), book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell[:32_000], bold if number == 0 else guarded if cell.startswith(_DANGEROUS) else None)
    book.close()
    file.seek(0)
    return file
