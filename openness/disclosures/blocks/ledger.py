"""Finance tables of the eight classes, entry by entry (农村集体经济组织财务公开规定, 农经发〔2011〕13号), in three shapes that must add up.

Entries of income and expenditure: 期初 ＋ 收入 － 支出 ＝ 期末. Assets, resources, debts: each line 期初 ＋ 增加 － 减少 ＝ 期末.
Plans, distribution and others: the lines make the sum that is written under them.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..sheets import Column, Kind
from .rows import Row, RowsBlock, is_read


class FlowClass(TextChoices):
    BOTH = "both", _("各项收入和各项支出")
    INCOME = "income", _("各项收入")
    EXPENSE = "expense", _("各项支出")


class StockClass(TextChoices):
    ASSETS = "assets", _("各项资产")
    RESOURCES = "resources", _("各类资源")
    DEBTS = "debts", _("债权债务")


class PlanClass(TextChoices):
    PLAN = "plan", _("财务计划")
    DISTRIBUTION = "distribution", _("收益分配")
    OTHER = "other", _("其他")


_NOTE = Column("note", "说明", aliases=("备注", "用途", "事由"))
FLOW = (
    Column("day", "日期", Kind.DATE, ("时间", "记账日期", "年月日", "发生日期")),
    Column("subject", "科目或摘要", aliases=("科目", "摘要", "项目", "事项", "内容", "名称", "收支项目"), required=True),
    Column("side", "收入还是支出", Kind.SIDE, ("收支", "类型", "类别", "方向", "收或支", "收支类别"), required=True),
    Column("amount", "金额（元）", Kind.MONEY, ("金额", "发生额", "数额", "收入金额", "支出金额"), required=True),
    Column("party", "对方或经手人", aliases=("对方", "经手人", "经办人", "来源", "去向", "付款单位", "收款单位", "收款人")),
    Column("voucher", "凭证号", aliases=("凭证", "票据号", "单据号", "凭证编号", "字号")),
    _NOTE,
)
STOCK = (
    Column("subject", "名称", aliases=("项目", "资产名称", "资源名称", "科目", "单位或姓名", "往来单位"), required=True),
    Column("measure", "计量单位", aliases=("单位",)),
    Column("opening", "期初", Kind.NUMBER, ("期初数", "期初余额", "上期末", "年初数", "年初"), required=True),
    Column("increase", "本期增加", Kind.NUMBER, ("增加", "本期借入", "新增")),
    Column("decrease", "本期减少", Kind.NUMBER, ("减少", "本期归还", "核减")),
    Column("closing", "期末", Kind.NUMBER, ("期末数", "期末余额", "余额", "现有", "年末数"), required=True),
    Column("party", "位置或对方", aliases=("位置", "坐落", "对方", "使用人", "承包人", "债权人", "债务人", "保管人")),
    _NOTE,
)
PLAN = (
    Column("subject", "项目", aliases=("科目", "名称", "摘要", "内容", "事项"), required=True),
    Column("amount", "金额（元）", Kind.MONEY, ("金额", "计划金额", "预算", "分配金额", "数额"), required=True),
    Column("party", "依据或对象", aliases=("依据", "对象", "分配对象", "资金来源", "来源")),
    _NOTE,
)


def amount(cell: Any) -> Decimal:
    """Zero for an empty cell, and for one that cannot be read: `why_not` has spoken of it before."""
    return Decimal(cell) if cell and is_read(str(cell), Kind.NUMBER) or cell and is_read(str(cell), Kind.MONEY) else Decimal(0)


@dataclass(frozen=True)
class Part:
    """What is shown as one table: of an account of both sides one of what came in and one of what went out, each with its sum."""

    title: str
    columns: tuple[Column, ...]
    lines: list[list[tuple[Column, Any]]]
    total: Decimal | None = None


class LedgerValue(blocks.StructValue):
    """`adds_up` and `why_not` are what the publishing rule asks; `lines` what the templates show."""

    @property
    def rows(self) -> list[Row]:
        rows: list[Row] = self["rows"]
        return rows

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those that any row fills, in their order."""
        block: RowsBlock = self.block.child_blocks["rows"]
        return tuple(column for column in block.columns if column.required or any(row[column.name] for row in self.rows))

    @property
    def lines(self) -> list[list[tuple[Column, Any]]]:
        return [[(column, shown(row[column.name], column)) for column in self.columns] for row in self.rows]

    @property
    def parts(self) -> list[Part]:
        return [Part(self.class_label, self.columns, self.lines)] if self.rows else []

    @property
    def words(self) -> list[list[str]]:
        """The cells as they are read, by rows."""
        return [[side_words(row[one.name]) if one.kind is Kind.SIDE else row[one.name] for one in self.columns] for row in self.rows]

    @property
    def class_label(self) -> str:
        return str(dict(self.block.classes).get(self["kind"], ""))

    @property
    def adds_up(self) -> bool:
        return not self.why_not

    @property
    def why_not(self) -> str:
        """One sentence for the clerk; "" when all cells can be read and the table adds up."""
        faults = self.block.child_blocks["rows"].faults(self.rows)
        if faults:
            more = _now("还有 {n} 处要改。").format(n=len(faults) - 3) if len(faults) > 3 else ""
            return _now("“{table}”{faults}").format(table=self["caption"], faults="".join(faults[:3]) + more)
        if not self.rows:
            return _now("“{table}”里还没有一笔。没有发生的，请用“要素”写明本期没有。").format(table=self["caption"])
        return self._sum_fault()

    def _sum_fault(self) -> str:
        raise NotImplementedError


def side_words(cell: str) -> str:
    """What residents read for in and out; anything else stays as somebody wrote it."""
    return {"in": _now("收入"), "out": _now("支出")}.get(cell, cell)


def shown(cell: str, column: Column) -> Any:
    if column.kind is Kind.DATE:
        return parse_date(cell) if is_read(cell, Kind.DATE) and cell else cell
    if column.kind is Kind.SIDE:
        return side_words(cell)
    if column.kind in (Kind.MONEY, Kind.NUMBER) and cell and is_read(cell, column.kind):
        return Decimal(cell)
    return cell


class FlowValue(LedgerValue):
    @property
    def parts(self) -> list[Part]:
        """Two tables where both sides are told; a side without any entry has none. A row whose side is not known keeps all in one table."""
        if self["kind"] != FlowClass.BOTH or any(row["side"] not in ("in", "out") for row in self.rows):
            return super().parts
        columns = tuple(column for column in self.columns if column.kind is not Kind.SIDE)
        sides = (("in", _now("收入"), self.total_income), ("out", _now("支出"), self.total_expense))
        made = ((title, [self._line(row, columns) for row in self.rows if row["side"] == side], total) for side, title, total in sides)
        return [Part(title, columns, lines, total) for title, lines, total in made if lines]

    def _line(self, row: Row, columns: tuple[Column, ...]) -> list[tuple[Column, Any]]:
        return [(column, shown(row[column.name], column)) for column in columns]

    def _side(self, side: str) -> Decimal:
        return sum((amount(row["amount"]) for row in self.rows if row["side"] == side), Decimal(0))

    @property
    def total_income(self) -> Decimal:
        return self._side("in")

    @property
    def total_expense(self) -> Decimal:
        return self._side("out")

    @property
    def expected_closing(self) -> Decimal:
        """Of one side alone the balance is what has come together since the year began."""
        opening = self["opening"] or Decimal(0)
        if self["kind"] == FlowClass.EXPENSE:
            return opening + self.total_expense - self.total_income
        return opening + self.total_income - self.total_expense

    @property
    def difference(self) -> Decimal:
        return (self["closing"] or Decimal(0)) - self.expected_closing

    @property
    def sum_line(self) -> str:
        """The sum spelled out: 期初 a ＋ 收入 b － 支出 c ＝ 期末 d."""
        begun, closing = money(self["opening"]), money(self["closing"])
        came, went = money(self.total_income), money(self.total_expense)
        if self["kind"] == FlowClass.EXPENSE:
            return _now("期初累计 {a} ＋ 本期支出 {c} ＝ 期末累计 {d}").format(a=begun, c=went, d=closing)
        if self["kind"] == FlowClass.INCOME:
            return _now("期初累计 {a} ＋ 本期收入 {b} ＝ 期末累计 {d}").format(a=begun, b=came, d=closing)
        return _now("期初结余 {a} ＋ 收入 {b} － 支出 {c} ＝ 期末结余 {d}").format(a=begun, b=came, c=went, d=closing)

    def _sum_fault(self) -> str:
        wrong = {FlowClass.INCOME: "out", FlowClass.EXPENSE: "in"}.get(self["kind"])
        if wrong and any(row["side"] == wrong for row in self.rows):
            return _now("“{table}”选的是{kind}，里面有另一边的账。请改成“{both}”。").format(
                table=self["caption"], kind=self.class_label, both=FlowClass.BOTH.label
            )
        if self["opening"] is None or self["closing"] is None:
            return _now("“{table}”请填上期初和期末的数，没有就填 0。").format(table=self["caption"])
        if self.difference == 0:
            return ""
        return _now("“{table}”合计对不上，差 {difference} 元：按每一笔算，期末应当是 {expected} 元。").format(
            table=self["caption"], difference=money(abs(self.difference)), expected=money(self.expected_closing)
        )


class StockValue(LedgerValue):
    def _sum_fault(self) -> str:
        for number, row in enumerate(self.rows, start=1):
            expected = amount(row["opening"]) + amount(row["increase"]) - amount(row["decrease"])
            if expected != amount(row["closing"]):
                return _now("“{table}”第 {n} 行“{subject}”对不上：期初加增加减减少应当是 {expected}，表里写的是 {closing}。").format(
                    table=self["caption"], n=number, subject=row["subject"], expected=plain(expected), closing=row["closing"]
                )
        return ""

    @property
    def totals(self) -> list[dict[str, Any]]:
        """Opening, increase, decrease and closing, one line a measure: 亩 and 元 are not added to each other."""
        sums: dict[str, dict[str, Any]] = {}
        names = ("opening", "increase", "decrease", "closing")
        for row in self.rows:
            line = sums.setdefault(row["measure"], {"measure": row["measure"], **dict.fromkeys(names, Decimal(0))})
            for name in names:
                line[name] += amount(row[name])
        return list(sums.values())


class PlanValue(LedgerValue):
    @property
    def expected_total(self) -> Decimal:
        return sum((amount(row["amount"]) for row in self.rows), Decimal(0))

    @property
    def difference(self) -> Decimal:
        return (self["total"] or Decimal(0)) - self.expected_total

    def _sum_fault(self) -> str:
        if self["total"] is None:
            return _now("“{table}”请填上合计。").format(table=self["caption"])
        if self.difference == 0:
            return ""
        return _now("“{table}”合计对不上，差 {difference} 元：各行加起来是 {expected} 元。").format(
            table=self["caption"], difference=money(abs(self.difference)), expected=money(self.expected_total)
        )


def money(value: Any) -> str:
    return f"{value or 0:,.2f}"


def plain(value: Decimal) -> str:
    return format(value.normalize() if value else Decimal(0), "f")


def _amount_block(label: Any) -> blocks.DecimalBlock:
    return blocks.DecimalBlock(label=label, required=False, max_digits=14, decimal_places=2)


class _LedgerBlock(blocks.StructBlock):
    classes: Any = ()

    class Meta:
        icon = "list-ol"
        group = _("财务表")
        template = "disclosures/blocks/ledger.html"


class FlowBlock(_LedgerBlock):
    classes = FlowClass.choices
    kind = blocks.ChoiceBlock(label=_("公开的是哪一类"), choices=FlowClass.choices, default="both")
    caption = blocks.CharBlock(label=_("表名"), max_length=80)
    opening = _amount_block(_("期初（元）"))
    rows = RowsBlock(FLOW, "flow", label=_("逐笔的账"))
    closing = _amount_block(_("期末（元）"))

    class Meta:
        label = _("收支明细表")
        value_class = FlowValue
        form_attrs = {"data-controller": "ledger", "data-ledger-shape-value": "flow"}


class StockBlock(_LedgerBlock):
    classes = StockClass.choices
    kind = blocks.ChoiceBlock(label=_("公开的是哪一类"), choices=StockClass.choices, default="assets")
    caption = blocks.CharBlock(label=_("表名"), max_length=80)
    rows = RowsBlock(STOCK, "stock", label=_("逐项的数"))

    class Meta:
        label = _("资产、资源、债权债务表")
        value_class = StockValue
        form_attrs = {"data-controller": "ledger", "data-ledger-shape-value": "stock"}


class PlanBlock(_LedgerBlock):
    classes = PlanClass.choices
    kind = blocks.ChoiceBlock(label=_("公开的是哪一类"), choices=PlanClass.choices, default="plan")
    caption = blocks.CharBlock(label=_("表名"), max_length=80)
    rows = RowsBlock(PLAN, "plan", label=_("逐项的数"))
    total = _amount_block(_("合计（元）"))

    class Meta:
        label = _("财务计划、收益分配和其他")
        value_class = PlanValue
        form_attrs = {"data-controller": "ledger", "data-ledger-shape-value": "plan"}


LEDGERS = frozenset({"flow", "stock", "plan"})
# What the publishing rule asks `adds_up` and `why_not`.
FINANCE_TABLES = LEDGERS | {"finance"}
COLUMNS = {"flow": FLOW, "stock": STOCK, "plan": PLAN}
