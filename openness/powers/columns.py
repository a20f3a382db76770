"""The columns of a list: one table for import, comparison, pages and export, in the order of the official sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from openness.imports.reading.sheet import name_of


@dataclass(frozen=True)
class Column:
    """`others` are headings by which it is known besides its label; `most` is the longest that it may be."""

    name: str
    label: Any
    others: tuple[str, ...] = ()
    required: bool = False
    most: int = 4000
    width: int = 24


COLUMNS = (
    Column("code", _("编码"), ("事项编码", "权力编码", "职权编码", "基本编码", "许可编码"), most=40, width=16),
    Column("name", _("名称"), ("事项名称", "权力名称", "职权名称", "许可事项名称", "许可事项", "权力事项"), True, 200, 32),
    Column("matter", _("类型"), ("权力类型", "职权类型", "事项类型", "权力类别", "职权类别", "类别"), most=20, width=12),
    Column("basis", _("依据"), ("设定依据", "实施依据", "法律依据", "设定和实施依据", "职权依据"), True, width=40),
    Column("body", _("实施主体"), ("实施机关", "行使主体", "责任主体", "实施部门", "审批部门"), True, 200, 24),
    Column("level", _("层级"), ("行使层级", "实施层级"), most=60, width=12),
    Column("duties", _("责任事项"), ("责任", "对应责任"), width=40),
    Column("accountability", _("追责情形"), ("追责情形及依据", "追责依据"), width=40),
    Column("conditions", _("许可条件"), ("准予许可条件", "审批条件"), width=30),
    Column("term", _("有效期"), ("许可有效期", "有效期限", "许可证件有效期限"), most=200, width=14),
    Column("fee", _("收费"), ("是否收费", "收费标准", "收费情况"), most=400, width=14),
    Column("note", _("备注"), ("说明",), most=1000, width=20),
)
NAMES = tuple(column.name for column in COLUMNS)
LABELS = {column.name: column.label for column in COLUMNS}
_IGNORED = frozenset({"序号", "编号", "no", "行号"})


def known_names() -> frozenset[str]:
    return frozenset(name for column in COLUMNS for name in _names(column)) | _IGNORED


def mapped(head: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Which of the head's columns is which of ours, and the headings that are none."""
    places = {name: place for place, name in reversed(list(enumerate(map(name_of, head)))) if name}
    found = {column.name: next((places[name] for name in _names(column) if name in places), None) for column in COLUMNS}
    used = {name: place for name, place in found.items() if place is not None}
    unread = [cell for place, cell in enumerate(head) if cell and place not in used.values() and name_of(cell) not in _IGNORED]
    return used, unread


def _names(column: Column) -> tuple[str, ...]:
    return (name_of(str(column.label)), *column.others)
