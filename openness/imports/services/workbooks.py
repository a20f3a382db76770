"""Workbooks that we hand out: the template to fill in, and a file back with what is to be changed. No cell is a formula, whatever it begins with."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO, Any

import xlsxwriter
from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.models import Item
from catalog.models.standard import TIER_COLUMNS
from openness.disclosures.models import Category
from openness.disclosures.periods import period_label, recent_periods
from openness.units.models import Unit

from ..columns import TABLE, Column
from ..limits import MOST_ROWS, UNDO_MINUTES
from ..models import ImportJob, ImportRow, RowState
from ..reading.sheet import EXAMPLE, TO_CHANGE
from .lookups import label_of, unit_label
from .rights import units_of

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DANGEROUS = ("=", "+", "-", "@", "\t")
_LISTED_ROWS = 5_000  # rows of the template that offer a list
_LONGEST_CELL = 32_000  # Excel's own limit is 32,767
_CHOICES = "选项"


class _Book:
    def __init__(self, stream: IO[bytes]) -> None:
        self.book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        plain = {"num_format": "@", "text_wrap": True, "valign": "top"}
        self.head = self.book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"})
        self.must = self.book.add_format({"bold": True, "bg_color": "#F8CBAD", "border": 1, "text_wrap": True, "valign": "vcenter"})
        self.text = self.book.add_format(plain)
        self.guarded = self.book.add_format({**plain, "quote_prefix": True})
        self.example = self.book.add_format({**plain, "italic": True, "font_color": "#7F7F7F"})
        self.wrong = self.book.add_format({**plain, "font_color": "#9C0006", "bg_color": "#FFF2F0"})

    def row(self, sheet: Any, number: int, cells: Iterable[str], style: Any = None) -> None:
        for place, cell in enumerate(cells):
            words = _CONTROL.sub("", cell)[:_LONGEST_CELL]
            sheet.write_string(number, place, words, self.guarded if words.startswith(_DANGEROUS) else style or self.text)


def write_template(user: Any, today: date, stream: IO[bytes]) -> None:
    """A sheet to fill in with lists of the units and items that the person covers, and one that says how. A few queries."""
    made = _Book(stream)
    sheet = made.book.add_worksheet(_("填这里"))
    _heading(made, sheet)
    units = list(units_of(user))
    choices = _choices(units, today)
    made.row(sheet, 1, _example(units, choices, today), made.example)
    _lists(sheet, choices)
    _how(made)
    _hidden(made, choices)
    made.book.close()


def _heading(made: _Book, sheet: Any) -> None:
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(TABLE):
        sheet.set_column(place, place, column.width, made.text)
        sheet.write_string(0, place, str(column.label), made.must if column.required else made.head)
        sheet.write_comment(0, place, str(column.hint))


def _choices(units: Sequence[Unit], today: date) -> dict[str, list[str]]:
    periods = [period_label(period.code) for group in recent_periods(today).values() for period in group]
    return {
        "unit": [unit_label(unit) for unit in units],
        "item": list(dict.fromkeys(label_of(item) for item in items_for(units))),
        "category": [str(label) for label in Category.labels],
        "period": periods,
        "comes_down": [_("是"), _("否")],
    }


def items_for(units: Iterable[Unit]) -> list[Item]:
    """Items of the catalogues in force that any of these units may answer. One query."""
    condition = Q(pk__in=[])
    for area, tier in {(unit.code[:6], unit.tier) for unit in units}:
        condition |= Q(field__standard__area=area, **{TIER_COLUMNS[tier]: True})
    rows = Item.objects.in_force().filter(condition).select_related("field__standard")
    return list(rows.defer("raw", "basis", "elements").order_by("field__standard__area", "field__position", "position"))


def _example(units: Sequence[Unit], choices: dict[str, list[str]], today: date) -> list[str]:
    """The reader passes it over by its first word."""
    item = next(iter(choices["item"]), _("村务公开 · 宅基地审批情况"))
    words = {
        "unit": _("{example}，不会导入：{unit}").format(example=EXAMPLE, unit=unit_label(units[0]) if units else _("某某村")),
        "item": item, "title": _("2026年第三季度宅基地审批情况"), "category": str(Category.NOTICE.label), "period": _("2026年第三季度"),
        "formed_on": today.isoformat(), "body": _("本季度批准宅基地两户，都已经建好。"), "comes_down": _("否"),
    }  # fmt: skip
    return [words.get(column.name, "") for column in TABLE]


def _lists(sheet: Any, choices: dict[str, list[str]]) -> None:
    for place, column in enumerate(TABLE):
        if listed := choices.get(column.name):
            letter = "ABCDEFGHIJ"[list(choices).index(column.name)]
            source = f"='{_CHOICES}'!${letter}$1:${letter}${len(listed)}"
            sheet.data_validation(
                1, place, _LISTED_ROWS, place,
                {"validate": "list", "source": source, "error_type": "warning", "error_title": _("不在下拉里"),
                 "error_message": _("请从下拉里选，或者看看写对了没有。")},
            )  # fmt: skip


def _how(made: _Book) -> None:
    sheet = made.book.add_worksheet(_("怎么填"))
    sheet.set_column(0, 0, 18, made.text)
    sheet.set_column(1, 1, 80, made.text)
    lines = [
        (_("怎么填"), _("在“填这里”一行写一条公开内容。第二行是示例，不会导入，可以删掉。")),
        (_("橙色的列"), _("一定要写。蓝色的列有就写，没有就空着。")),
        *((str(column.label), str(column.hint)) for column in TABLE),
        (_("个人信息"), _("身份证号、手机号、银行卡号不能写全，中间要用 * 遮住。")),
        (_("写好以后"), _("保存成 .xlsx，回到“批量导入”上传。先检查，不对的每一行都会说清楚，确认以后才导入。")),
        (_("导入以后"), _("都是您的草稿，还要一条一条送审，不会直接公开。导完 {n} 分钟以内可以一起撤销。").format(n=UNDO_MINUTES)),
        (_("一次多少"), _("最多 {n} 行，文件不超过 32 MB。").format(n=MOST_ROWS)),
    ]
    for number, line in enumerate(lines):
        made.row(sheet, number, line)


def _hidden(made: _Book, choices: dict[str, list[str]]) -> None:
    sheet = made.book.add_worksheet(_CHOICES)
    sheet.hide()
    for number in range(max(map(len, choices.values()))):
        made.row(sheet, number, (listed[number] if number < len(listed) else "" for listed in choices.values()))


def write_answer(job: ImportJob, stream: IO[bytes]) -> None:
    """The rows that are to be changed, as they came, with what to change in the last column. Streamed: memory does not grow with the rows."""
    made = _Book(stream)
    sheet = made.book.add_worksheet(_("填这里"))
    sheet.freeze_panes(1, 0)
    head = [*job.head, TO_CHANGE]
    known: dict[int, Column] = {job.columns[column.name]: column for column in TABLE if column.name in job.columns}
    for place in range(len(head)):
        sheet.set_column(place, place, 60 if place == len(head) - 1 else known[place].width if place in known else 18, made.text)
    made.row(sheet, 0, head, made.head)
    rows = ImportRow.objects.filter(job=job, state=RowState.BAD).order_by("number").values_list("number", "cells", "findings")
    for at, (number, cells, findings) in enumerate(rows.iterator(chunk_size=500), start=1):
        made.row(sheet, at, (list(cells) + [""] * len(job.head))[: len(job.head)])
        said = "\n".join(sentence for _level, sentence in findings)
        sheet.write_string(at, len(job.head), _("第 {n} 行：{said}").format(n=number, said=said)[:_LONGEST_CELL], made.wrong)
    made.book.close()
