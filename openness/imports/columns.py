"""What the columns of a file may be: ours by their names, an old site's by the names that such exports use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Kind
from .reading.sheet import name_of


@dataclass(frozen=True)
class Column:
    """`others` are names by which it is known besides its label. `hint` stands in the template's instructions."""

    name: str
    label: Any
    others: tuple[str, ...] = ()
    required: bool = False
    hint: Any = ""
    width: int = 16


TABLE = (
    Column("unit", _("单位"), ("单位名称", "公开单位", "村", "村名", "单位代码", "区划代码"), True, _("从下拉里选；也可以写全名或者 12 位代码"), 26),
    Column("item", _("公开事项"), ("事项", "事项名称"), True, _("从下拉里选：领域 · 事项"), 34),
    Column("title", _("标题"), ("题目", "名称"), True, _("不超过 200 个字"), 40),
    Column("category", _("类别"), (), False, _("从下拉里选；不写就是公告公示"), 12),
    Column("period", _("期次"), ("公开期次", "哪一期", "公开的是哪一期"), False, _("定期公开的要写，例如 2026年第三季度；别的空着"), 16),
    Column("formed_on", _("信息形成日期"), ("形成日期", "日期", "成文日期"), True, _("例如 2026-09-30，不能晚于今天"), 15),
    Column("document_number", _("文号"), ("发文字号",), False, _("没有就空着"), 18),
    Column("summary", _("一句话看懂"), ("摘要", "概述"), False, _("不超过 200 个字，可以空着"), 30),
    Column("body", _("内容"), ("正文", "公开内容"), True, _("写清楚是什么事；换行用 Alt+Enter"), 60),
    Column("notice_from", _("公示开始"), (), False, _("要公示的才写；和公示结束一起写"), 13),
    Column("notice_until", _("公示结束"), (), False, _("村（居）的公示不少于 15 天"), 13),
    Column("comes_down", _("公示期满后撤下"), ("期满撤下",), False, _("含个人信息的选“是”"), 16),
)  # fmt: skip
ARTICLES = (
    Column("title", _("标题"), ("题目", "title", "文章标题", "name", "post_title"), True),
    Column("body", _("正文"), ("内容", "content", "body", "html", "text", "post_content", "文章内容"), True),
    Column("published", _("发布日期"), ("发布时间", "日期", "时间", "date", "publishdate", "pubdate", "post_date", "published", "publish_time", "created", "addtime"), True),
    Column("unit", _("单位"), ("公开单位", "发布机构", "发布单位", "来源单位", "村名", "unit", "department", "organ")),
    Column("item", _("公开事项"), ("事项", "分类", "栏目", "category", "categories", "channel", "column", "catalog", "channelname")),
    Column("period", _("期次"), ("period",)),
    Column("document_number", _("文号"), ("发文字号", "docno", "number")),
    Column("summary", _("摘要"), ("一句话看懂", "概述", "summary", "excerpt", "description")),
    Column("link", _("原来的网址"), ("链接", "网址", "url", "link", "permalink")),
)  # fmt: skip
COLUMNS = {Kind.TABLE: TABLE, Kind.ARTICLES: ARTICLES}


def columns_of(kind: str) -> tuple[Column, ...]:
    return COLUMNS[Kind(kind)]


def known_names(kind: str) -> frozenset[str]:
    return frozenset(name for column in columns_of(kind) for name in _names(column))


def guess(kind: str, head: Sequence[str]) -> dict[str, int]:
    """Which of the head's columns is which of ours, by name: our own words before the other names, in their order."""
    places = {name: place for place, name in reversed(list(enumerate(map(name_of, head)))) if name}
    found: dict[str, int] = {}
    for column in columns_of(kind):
        place = next((places[name] for name in _names(column) if name in places), None)
        if place is not None and place not in found.values():
            found[column.name] = place
    return found


def missing(kind: str, columns: Iterable[str]) -> list[str]:
    """Labels of columns that the file must have and has not."""
    there = set(columns)
    return [str(column.label) for column in columns_of(kind) if column.required and column.name not in there]


def _names(column: Column) -> tuple[str, ...]:
    return (name_of(str(column.label)), *column.others)
