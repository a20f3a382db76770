"""What the figures of a text say, reckoned from the figures themselves: one sentence, and how large each part is. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ..blocks.ledger import FlowClass, amount, money
from ..periods import parse_period

_MOST_BARS = 7
_MOST_SENTENCES = 2
Entry = tuple[str, Decimal]


@dataclass(frozen=True)
class Side:
    """Income or expenditure of one table: entries by subject, the largest first, with their sum."""

    is_income: bool
    entries: tuple[Entry, ...]

    @property
    def total(self) -> Decimal:
        return sum((one for _subject, one in self.entries), Decimal(0))

    @property
    def label(self) -> str:
        return _("收入") if self.is_income else _("支出")


@dataclass(frozen=True)
class Bar:
    """`width` is of 100, for a drawing; `share` the same in words."""

    label: str
    amount: str
    width: str
    share: str


@dataclass(frozen=True)
class Bars:
    title: str
    bars: tuple[Bar, ...]


def summary_in_figures(body: Iterable[Any], period: str) -> str:
    """这一季度收入 … 元，支出 … 元，季末还剩 … 元。最大一笔支出是…，… 元。 Empty where there are no accounts."""
    said = [sentence for block in body if (sentence := _sentence(block, period))]
    return "".join(said[:_MOST_SENTENCES])


def _span(period: str) -> str:
    cadence = getattr(parse_period(period), "cadence", "")
    spans = {"month": _("这个月"), "quarter": _("这一季度"), "half_year": _("这半年"), "year": _("这一年")}
    return spans.get(cadence, _("这一期"))


def _end(period: str) -> str:
    cadence = getattr(parse_period(period), "cadence", "")
    return {"month": _("月末"), "quarter": _("季末"), "year": _("年末")}.get(cadence, _("期末"))


def _sentence(block: Any, period: str) -> str:
    income, expense = sides_of(block)
    if not income.entries and not expense.entries:
        return ""
    parts = [_("{side} {sum} 元").format(side=side.label, sum=money(side.total)) for side in (income, expense) if _is_told(block, side)]
    if _is_both(block):
        parts.append(_("{end}还剩 {sum} 元").format(end=_end(period), sum=money(block.value["closing"])))
    side = expense if expense.entries else income
    largest = _("最大一笔{side}是{subject}，{sum} 元。").format(side=side.label, subject=side.entries[0][0], sum=money(side.entries[0][1]))
    return f"{_span(period)}{'，'.join(parts)}。{largest}"


def _is_both(block: Any) -> bool:
    return block.block_type == "finance" or block.value["kind"] == FlowClass.BOTH


def _is_told(block: Any, side: Side) -> bool:
    return _is_both(block) or bool(side.entries)


def sides_of(block: Any) -> tuple[Side, Side]:
    """Empty sides for a block that is no account of income and expenditure."""
    if block.block_type == "finance":
        value = block.value
        income, expense = ([(one["subject"], Decimal(one["amount"] or 0)) for one in value[side]] for side in ("income", "expense"))
    elif block.block_type == "flow":
        rows = block.value.rows
        income, expense = ([(row["subject"], amount(row["amount"])) for row in rows if row["side"] == side] for side in ("in", "out"))
    else:
        income = expense = []
    return Side(True, _largest_first(income)), Side(False, _largest_first(expense))


def _largest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: -entry[1]))


def bars_of(block: Any) -> Iterator[Bars]:
    """钱从哪里来, 钱花到哪里去: by subject; nothing where there is nothing to compare."""
    for side in sides_of(block):
        if len(side.entries) > 1 and side.total > 0:
            yield Bars(_("钱从哪里来") if side.is_income else _("钱花到哪里去"), tuple(_bars(side)))


def _bars(side: Side) -> Iterator[Bar]:
    sums: dict[str, Decimal] = {}
    for subject, one in side.entries:
        sums[subject] = sums.get(subject, Decimal(0)) + one
    ranked = _largest_first(sums.items())
    if rest := ranked[_MOST_BARS:]:
        ranked = (*ranked[:_MOST_BARS], (_("其他 {n} 项").format(n=len(rest)), sum((one for _subject, one in rest), Decimal(0))))
    for subject, one in ranked:
        share = max(one, Decimal(0)) * 100 / side.total
        yield Bar(subject, money(one), f"{share:.1f}", f"{share:.0f}%")
