"""The account of the first version, income and expenditure as two lists: read, shown and hashed as it was stored."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class Entry(blocks.StructBlock):
    """One line of income or expenditure (逐项逐笔, 农经发〔2011〕13号)."""

    subject = blocks.CharBlock(label=_("科目"), max_length=60)
    day = blocks.DateBlock(label=_("日期"), required=False)
    amount = blocks.DecimalBlock(label=_("金额（元）"), min_value=Decimal("0"), max_digits=14, decimal_places=2)
    note = blocks.CharBlock(label=_("说明"), required=False, max_length=120)


class FinanceValue(blocks.StructValue):
    """Sums of a finance table; `adds_up` and `why_not` are what the publishing rule asks."""

    @property
    def total_income(self) -> Decimal:
        return _total(self["income"])

    @property
    def total_expense(self) -> Decimal:
        return _total(self["expense"])

    @property
    def expected_closing(self) -> Decimal:
        return (self["opening"] or Decimal(0)) + self.total_income - self.total_expense

    @property
    def difference(self) -> Decimal:
        return (self["closing"] or Decimal(0)) - self.expected_closing

    @property
    def adds_up(self) -> bool:
        return self.difference == 0

    @property
    def why_not(self) -> str:
        """One sentence for the clerk; "" when it adds up."""
        if self.adds_up:
            return ""
        return _now("“{table}”合计对不上，差 {difference} 元：期初结余加收入减支出应当是 {expected} 元。").format(
            table=self["caption"], difference=abs(self.difference), expected=self.expected_closing
        )


def _total(entries: Iterable[Any]) -> Decimal:
    return sum((Decimal(entry["amount"] or 0) for entry in entries), Decimal(0))


class FinanceBlock(blocks.StructBlock):
    """Opening balance, what came in, what went out, closing balance."""

    caption = blocks.CharBlock(label=_("表名"), max_length=80)
    opening = blocks.DecimalBlock(label=_("期初结余（元）"), max_digits=14, decimal_places=2)
    income = blocks.ListBlock(Entry(), label=_("收入"), default=[])
    expense = blocks.ListBlock(Entry(), label=_("支出"), default=[])
    closing = blocks.DecimalBlock(label=_("期末结余（元）"), max_digits=14, decimal_places=2)

    class Meta:
        icon = "list-ol"
        label = _("收支表（老样式）")
        group = _("以前的样式")
        value_class = FinanceValue
        template = "disclosures/blocks/finance.html"
