"""A list of cells as a workbook with every row of it, written to a temporary file row by row: its size fills no memory."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openness.disclosures.periods import period_label

from ..models import Obligation, State

_ROWS_A_SHEET = 1_000_000  # a sheet of the format ends at 1,048,576
_WIDTHS = (14, 14, 18, 14, 18, 36, 16, 12, 14, 10, 12)
_READ = (
    "county__name", "town__name", "unit__name", "unit__code", "duty__field__name", "item__level1", "item__level2", "item__level3",
    "period", "due_on", "state", "done_on",
)  # fmt: skip


def cells_workbook(cells: QuerySet[Obligation], today: date) -> IO[bytes]:
    """An open file at its beginning; it disappears when closed. No text becomes a formula or a link."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    workbook = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    sheet = _sheet(workbook)
    for number, row in enumerate(_rows(cells, today)):
        if number and number % _ROWS_A_SHEET == 0:
            sheet = _sheet(workbook)
        _write(sheet, number % _ROWS_A_SHEET + 1, row, day)
    workbook.close()
    file.seek(0)
    return file


def _sheet(workbook: Any) -> Any:
    sheet = workbook.add_worksheet()
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    _write(sheet, 0, headings(), None, workbook.add_format({"bold": True}))
    return sheet


def headings() -> list[str]:
    return [
        _("县（市、区）"), _("乡镇（街道）"), _("单位"), _("区划代码"), _("领域"), _("公开事项"), _("哪一期"), _("最迟哪天公开"),
        _("怎么样了"), _("逾期天数"), _("哪天公开的"),
    ]  # fmt: skip


def _rows(cells: QuerySet[Obligation], today: date) -> Iterator[list[Any]]:
    for county, town, unit, code, field, one, two, three, period, due, state, done in cells.values_list(*_READ).iterator():
        overdue = state == State.OPEN and due < today
        late = (today - due).days if overdue else (done - due).days if state == State.LATE and done else 0
        words = _("逾期没公开") if overdue else str(State(state).label)
        yield [county, town or "", unit, code, field, three or two or one, period_label(period), due, words, max(late, 0), done]


def _write(sheet: Any, number: int, row: Sequence[Any], day: Any, style: Any = None) -> None:
    for column, value in enumerate(row):
        if isinstance(value, date):
            sheet.write_datetime(number, column, value, day)
        elif isinstance(value, int):
            sheet.write_number(number, column, value, style)
        elif value is not None:
            sheet.write_string(number, column, str(value), style)
