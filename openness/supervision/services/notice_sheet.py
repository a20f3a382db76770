"""The notice as a workbook: written row by row to a temporary file, so that its size does not fill the memory."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from ..models import Notice
from .notice import overdue_headings, ranking_headings, rows_of_overdue, rows_of_ranking

Table = tuple[str, Sequence[Any], Sequence[Sequence[Any]]]
_WIDTHS = (12, 18, 34, 16, 14, 12, 12, 10, 24)


def notice_workbook(notice: Notice) -> IO[bytes]:
    """An open file at its beginning; it disappears when closed. No text becomes a formula or a link."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    workbook = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = workbook.add_format({"bold": True, "border": 1, "text_wrap": True})
    cell = workbook.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for name, headings, rows in sheets(notice):
        sheet = workbook.add_worksheet(name)
        for number, width in enumerate(_WIDTHS):
            sheet.set_column(number, number, width)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate([headings, *rows]):
            _write(sheet, number, row, cell if number else bold)
    workbook.close()
    file.seek(0)
    return file


def _write(sheet: Any, number: int, row: Sequence[Any], style: Any) -> None:
    for column, value in enumerate(row):
        if isinstance(value, int):
            sheet.write_number(number, column, value, style)
        else:
            sheet.write_string(number, column, str(value), style)


def sheets(notice: Notice) -> Iterable[Table]:
    """The tables, then the words."""
    yield from tables_of(notice)
    texts = [(_("一、总体情况"), notice.opening), (_("二、存在的问题"), notice.problems), (_("三、下一步要求"), notice.demands)]
    yield _("正文"), [_("部分"), _("文字")], texts


def tables_of(notice: Notice) -> Iterable[Table]:
    figures = notice.figures
    yield _("概况"), [_("项目"), _("本期"), figures.get("before_words", _("上一期"))], _summary(figures)
    yield _("附件1 排名"), ranking_headings(), rows_of_ranking(figures)
    yield _("附件2 逾期清单"), overdue_headings(), rows_of_overdue(figures)
    words = {True: _("合格"), False: _("不合格"), None: _("还不能测")}
    checks = [[row["name"], words[row["passed"]], row["words"], row["source"]] for row in figures["checks"]]
    yield _("附件3 检查指标"), [_("指标"), _("结论"), _("情况"), _("依据")], checks
    for section in figures["sections"]:
        yield section["title"][:31], section["headings"], section["rows"]


def _summary(figures: dict[str, Any]) -> list[list[Any]]:
    names = {
        "owed": _("应公开"), "done": _("已公开"), "rate": _("公开率"), "on_time": _("按时公开"), "on_time_rate": _("及时率"),
        "late": _("逾期后公开"), "overdue": _("逾期"), "nil": _("本期无此事项"), "waived": _("经批准不公开"),
        "checked": _("机器查过要素"), "complete": _("要素齐全"), "complete_rate": _("要素齐全率"),
    }  # fmt: skip
    rows: list[list[Any]] = [
        [label, figures["sums"][name], figures["before"][name]] for name, label in names.items() if name in figures["sums"]
    ]
    return [*rows, [_("数字截至"), figures["as_of"], figures["as_of"]]]
