"""The tables of the annual openness report: 国办公开办函〔2021〕30号, the format in force, which replaced that of 国办公开办函〔2019〕60号.

A table is {row: {column: number}}; None is a number that nobody has filled in. Totals are reckoned, never typed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .parameters import Words

Table = Mapping[str, Mapping[str, Any]]
LARGEST = 10**12


@dataclass(frozen=True)
class Line:
    """One row of a table. `group` are the headings above it; `computed` rows are sums of others."""

    key: str
    label: Words
    group: Words = ""
    computed: bool = False


@dataclass(frozen=True)
class Layout:
    key: str
    caption: Words
    columns: tuple[tuple[str, Words], ...]
    lines: tuple[Line, ...]
    decimals: int = 0

    def cells(self) -> Iterator[tuple[Line, str]]:
        """Those that a person fills in."""
        for line in self.lines:
            if not line.computed:
                yield from ((line, column) for column, _label in self.columns if column != TOTAL)


TOTAL = "total"
_RULES = Layout(
    "rules",
    gettext_lazy("第二十条第（一）项"),
    (("made", gettext_lazy("本年制发件数")), ("repealed", gettext_lazy("本年废止件数")), ("valid", gettext_lazy("现行有效件数"))),
    (Line("regulations", gettext_lazy("规章")), Line("normative", gettext_lazy("行政规范性文件"))),
)
_PERMITS = Layout(
    "permits",
    gettext_lazy("第二十条第（五）项"),
    (("number", gettext_lazy("本年处理决定数量")),),
    (Line("permits", gettext_lazy("行政许可")),),
)
_PENALTIES = Layout(
    "penalties",
    gettext_lazy("第二十条第（六）项"),
    (("number", gettext_lazy("本年处理决定数量")),),
    (Line("penalties", gettext_lazy("行政处罚")), Line("coercion", gettext_lazy("行政强制"))),
)
_FEES = Layout(
    "fees",
    gettext_lazy("第二十条第（八）项"),
    (("amount", gettext_lazy("本年收费金额（单位：万元）")),),
    (Line("fees", gettext_lazy("行政事业性收费")),),
    decimals=6,
)
APPLICANTS: tuple[tuple[str, Words], ...] = (
    ("person", gettext_lazy("自然人")),
    ("company", gettext_lazy("商业企业")),
    ("research", gettext_lazy("科研机构")),
    ("charity", gettext_lazy("社会公益组织")),
    ("legal", gettext_lazy("法律服务机构")),
    ("other", gettext_lazy("其他")),
    (TOTAL, gettext_lazy("总计")),
)
_REFUSED, _UNABLE = gettext_lazy("（三）不予公开"), gettext_lazy("（四）无法提供")
_NOT_HANDLED, _OTHERWISE = gettext_lazy("（五）不予处理"), gettext_lazy("（六）其他处理")
RESULTS = (
    Line("granted", gettext_lazy("（一）予以公开")),
    Line("partly", gettext_lazy("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")),
    Line("secret", gettext_lazy("1．属于国家秘密"), _REFUSED),
    Line("forbidden", gettext_lazy("2．其他法律行政法规禁止公开"), _REFUSED),
    Line("stability", gettext_lazy("3．危及“三安全一稳定”"), _REFUSED),
    Line("third_party", gettext_lazy("4．保护第三方合法权益"), _REFUSED),
    Line("internal", gettext_lazy("5．属于三类内部事务信息"), _REFUSED),
    Line("process", gettext_lazy("6．属于四类过程性信息"), _REFUSED),
    Line("files", gettext_lazy("7．属于行政执法案卷"), _REFUSED),
    Line("inquiry", gettext_lazy("8．属于行政查询事项"), _REFUSED),
    Line("not_held", gettext_lazy("1．本机关不掌握相关政府信息"), _UNABLE),
    Line("to_be_made", gettext_lazy("2．没有现成信息需要另行制作"), _UNABLE),
    Line("unclear", gettext_lazy("3．补正后申请内容仍不明确"), _UNABLE),
    Line("petition", gettext_lazy("1．信访举报投诉类申请"), _NOT_HANDLED),
    Line("repeated", gettext_lazy("2．重复申请"), _NOT_HANDLED),
    Line("publication", gettext_lazy("3．要求提供公开出版物"), _NOT_HANDLED),
    Line("excessive", gettext_lazy("4．无正当理由大量反复申请"), _NOT_HANDLED),
    Line("confirm", gettext_lazy("5．要求行政机关确认或重新出具已获取信息"), _NOT_HANDLED),
    Line("not_corrected", gettext_lazy("1．申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"), _OTHERWISE),
    Line("not_paid", gettext_lazy("2．申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"), _OTHERWISE),
    Line("else", gettext_lazy("3．其他"), _OTHERWISE),
)
NEW, CARRIED_IN, DONE, CARRIED_OUT = "new", "carried_in", "done", "carried_out"
REQUESTS = Layout(
    "requests",
    gettext_lazy("收到和处理政府信息公开申请情况"),
    APPLICANTS,
    (
        Line(NEW, gettext_lazy("一、本年新收政府信息公开申请数量")),
        Line(CARRIED_IN, gettext_lazy("二、上年结转政府信息公开申请数量")),
        *RESULTS,
        Line(DONE, gettext_lazy("（七）总计"), computed=True),
        Line(CARRIED_OUT, gettext_lazy("四、结转下年度继续办理")),
    ),
)
DISPUTES = Layout(
    "disputes",
    gettext_lazy("政府信息公开行政复议、行政诉讼情况"),
    (
        ("upheld", gettext_lazy("结果维持")),
        ("corrected", gettext_lazy("结果纠正")),
        ("other", gettext_lazy("其他结果")),
        ("pending", gettext_lazy("尚未审结")),
        (TOTAL, gettext_lazy("总计")),
    ),
    (
        Line("review", gettext_lazy("行政复议")),
        Line("direct", gettext_lazy("行政诉讼：未经复议直接起诉")),
        Line("after_review", gettext_lazy("行政诉讼：复议后起诉")),
    ),
)
PROACTIVE = (_RULES, _PERMITS, _PENALTIES, _FEES)
LAYOUTS = (*PROACTIVE, REQUESTS, DISPUTES)


def empty_tables() -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {layout.key: {} for layout in LAYOUTS}
    for layout in LAYOUTS:
        for line, column in layout.cells():
            found[layout.key].setdefault(line.key, {})[column] = None
    return found


def value(tables: Mapping[str, Table], layout: Layout, line: str, column: str) -> Any:
    """A number of the table, or a total of what is filled in; None where nothing of it is."""
    rows = tables.get(layout.key, {})
    if layout is REQUESTS and line == DONE:
        return _sum(value(tables, layout, result.key, column) for result in RESULTS)
    if column == TOTAL:
        return _sum(value(tables, layout, line, one) for one, _label in layout.columns if one != TOTAL)
    return rows.get(line, {}).get(column)


def _sum(numbers: Iterator[Any]) -> Any:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def missing(tables: Mapping[str, Table]) -> int:
    """How many numbers nobody has filled in."""
    return sum(value(tables, layout, line.key, column) is None for layout in LAYOUTS for line, column in layout.cells())


def faults(tables: Mapping[str, Table], carried_from_last_year: Mapping[str, int] | None = None) -> list[str]:
    """Sentences about what does not fit; an empty list is a report that adds up.

    本年新收 + 上年结转 = 本年度办理结果 + 结转下年, for every kind of applicant and in total; what came over from last year is what last
    year's report carried out, where there is one.
    """
    found = []
    blanks = missing(tables)
    if blanks:
        found.append(_("还有 {n} 个数没有填，没有的填 0。").format(n=blanks))
    for column, label in APPLICANTS:
        new, came, done, left = (value(tables, REQUESTS, line, column) or 0 for line in (NEW, CARRIED_IN, DONE, CARRIED_OUT))
        if new + came != done + left:
            words = _("“{who}”一列对不上：本年新收 {new} + 上年结转 {came} = {sum}，办理结果 {done} + 结转下年 {left} = {other}。")
            found.append(words.format(who=label, new=new, came=came, sum=new + came, done=done, left=left, other=done + left))
    return found + list(_against_last_year(tables, carried_from_last_year or {}))


def _against_last_year(tables: Mapping[str, Table], last_year: Mapping[str, int]) -> Iterator[str]:
    labels = dict(APPLICANTS)
    for column, left in last_year.items():
        came = value(tables, REQUESTS, CARRIED_IN, column)
        if came is not None and came != left:
            words = _("“{who}”的上年结转写了 {came}，去年的报告结转下年是 {left}。")
            yield words.format(who=labels[column], came=came, left=left)


def read_number(layout: Layout, text: str) -> int | str | None:
    """A number typed into a cell: a whole one, or an amount as text to keep its decimals; None for an empty cell.

    Raises:
        ValueError: with a sentence.
    """
    text = text.strip().replace(",", "").replace("，", "")
    if not text:
        return None
    if text.isascii() and text.isdecimal() and int(text) < LARGEST:
        return int(text)
    whole, dot, decimals = text.partition(".")
    if (
        layout.decimals
        and dot
        and (whole + decimals).isascii()
        and whole.isdecimal()
        and decimals.isdecimal()
        and len(decimals) <= layout.decimals
    ):
        return f"{Decimal(text):f}"
    kind = _("数字，最多 {n} 位小数").format(n=layout.decimals) if layout.decimals else _("不小于 0 的整数")
    raise ValueError(_("“{text}”要写成{kind}。").format(text=text, kind=kind))
