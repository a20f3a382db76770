"""Sums: an account that balances, and tables whose row of totals is the sum of its columns. Said only where it is certain."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..blocks import FINANCE_TABLES
from .issue import Issue
from .level import Level
from .rule import Case, Rule

_TOTALS = frozenset({"合计", "总计", "共计", "总合计"})
_SUBTOTAL = "小计"
_OTHER_TOTALS = re.compile(r".+(?:合计|总计|小计|共计)$")
_PART_OF = re.compile(r"^(?:其中|内含|含)")
_NOT_ADDED = re.compile(r"单价|均价|标准|比例|比率|比重|占比|率$|序号|编号|号码|年龄|年份|电话|平均|人均|户均|余额|结余|累计")
_ROUNDED = re.compile(r"[万亿千]元|[万亿]")
_SQUEEZE = re.compile(r"[\s:：()（）]|元|人民币")


class FinanceAddsUp(Rule):
    """Every finance table adds up, to the cent; the table itself says what does not."""

    code = "finance_sums"
    name = gettext_lazy("财务表对得上")
    meaning = gettext_lazy("期初加收入减支出要等于期末；资产、债务每一项，期初加增加减减少要等于期末；有合计的，各笔加起来要等于合计。")
    advice = gettext_lazy("核对每一笔的金额和期末结余，改对。")
    basis = gettext_lazy("账目要真实、逐项逐笔（农村集体经济组织财务公开规定，农经发〔2011〕13号）")
    level = floor = Level.BLOCK

    def issues(self, case: Case) -> Iterator[Issue]:
        for block in case.disclosure.body:
            if block.block_type in FINANCE_TABLES and not block.value.adds_up:
                yield Issue("body", block.value.why_not)


class TableAddsUp(Rule):
    code = "table_sums"
    name = gettext_lazy("表格合计对得上")
    meaning = gettext_lazy("表格里“合计”“总计”“小计”一行，要等于上面各行加起来。")
    advice = gettext_lazy("核对这一列的数，或者改合计。")
    basis = gettext_lazy("公布的内容要真实（村民委员会组织法第三十五条）")
    level = Level.BLOCK
    floor = Level.WARN

    def issues(self, case: Case) -> Iterator[Issue]:
        for number, block in enumerate(case.disclosure.body or (), start=1):
            if block.block_type == "table":
                headings = [column["heading"] or "" for column in block.value.columns]
                rows = [row["values"] for row in block.value.row_data]
                for wrong in wrong_sums(headings, rows, block.value.caption or ""):
                    yield Issue("body", wrong.sentence(number))


@dataclass(frozen=True)
class WrongSum:
    """Row and column count from 1; `stands` is what the table says, `expected` what its rows come to."""

    row: int
    column: int
    label: str
    heading: str
    stands: Decimal
    expected: Decimal

    def sentence(self, block: int) -> str:
        return _("第 {block} 段第 {row} 行：“{heading}”的{label}写的是 {stands}，各行加起来是 {expected}，差 {difference}。").format(
            block=block, row=self.row, heading=self.heading or _("第 {n} 列").format(n=self.column), label=self.label,
            stands=self.stands, expected=self.expected, difference=abs(self.stands - self.expected),
        )  # fmt: skip


def wrong_sums(headings: Sequence[str], rows: Sequence[Sequence[object]], caption: str = "") -> Iterator[WrongSum]:
    """The totals that are not the sum of their rows. A table with rows of which (其中) or totals of a part under a name of their own
    may be added in more than one way: of those nothing is said.
    """
    labels = [_label(row) for row in rows]
    if any(_PART_OF.match(label) or (label not in _TOTALS and _OTHER_TOTALS.match(label)) for label in labels):
        return
    if not any(label in _TOTALS or label == _SUBTOTAL for label in labels):
        return
    for column, heading in enumerate(headings):
        if not _NOT_ADDED.search(heading):
            yield from _of_column(column, heading, labels, [row[column] for row in rows], bool(_ROUNDED.search(heading + caption)))


def _label(row: Sequence[object]) -> str:
    """The first words of the row that are no number."""
    for cell in row:
        words = _SQUEEZE.sub("", cell) if isinstance(cell, str) else ""
        if words and number_of(words) is None:
            return words
    return ""


def number_of(cell: object) -> Decimal | None:
    """A number as tables write it: 1,234.50, also with 元 behind."""
    if isinstance(cell, Decimal | int) and not isinstance(cell, bool):
        return Decimal(cell)
    if not isinstance(cell, str):
        return None
    try:
        value = Decimal(re.sub(r"[\s,，￥¥]|元$", "", cell.strip()))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


@dataclass
class _Running:
    """What was added so far: `everything`, since the last subtotal, since the last total."""

    everything: list[Decimal] = field(default_factory=list)
    since_subtotal: list[Decimal] = field(default_factory=list)
    since_total: list[Decimal] = field(default_factory=list)

    def add(self, number: Decimal) -> None:
        for numbers in (self.everything, self.since_subtotal, self.since_total):
            numbers.append(number)


def _of_column(column: int, heading: str, labels: Sequence[str], cells: Sequence[object], rounded: bool) -> Iterator[WrongSum]:
    numbers = [number_of(cell) for cell in cells]
    if any(number is None and cell not in (None, "", "-", "–", "—", "/") for number, cell in zip(numbers, cells, strict=True)):
        return
    running = _Running()
    for row, (label, number) in enumerate(zip(labels, numbers, strict=True)):
        if label in _TOTALS or label == _SUBTOTAL:
            allowed = list(_allowed(running, label, _below(labels, numbers, row)))
            if number is not None and allowed and not any(_same(number, numbers_, rounded) for numbers_ in allowed):
                yield WrongSum(row + 1, column + 1, label, heading, number, sum(allowed[0], Decimal(0)))
            running.since_subtotal = []
            running.since_total = [] if label in _TOTALS else running.since_total
        elif number is not None:
            running.add(number)


def _allowed(running: _Running, label: str, below: list[Decimal]) -> Iterator[list[Decimal]]:
    """What a total may be the sum of: the rows above, or those below it where it stands on top."""
    candidates = [running.since_subtotal] if label == _SUBTOTAL else [running.everything, running.since_total]
    yield from (numbers for numbers in candidates if numbers)
    if below:
        yield below


def _below(labels: Sequence[str], numbers: Sequence[Decimal | None], row: int) -> list[Decimal]:
    """The rows under a total, as far as the next of its kind; a subtotal ends at any total."""
    ends = _TOTALS | {_SUBTOTAL} if labels[row] == _SUBTOTAL else _TOTALS
    found: list[Decimal] = []
    for label, number in zip(labels[row + 1 :], numbers[row + 1 :], strict=True):
        if label in ends:
            break
        if number is not None and label != _SUBTOTAL:
            found.append(number)
    return found


def _same(total: Decimal, numbers: Iterable[Decimal], rounded: bool) -> bool:
    """To the cent; in tables of rounded figures (万元) each row may be half a last place off."""
    parts = list(numbers)
    places = max((-int(number.as_tuple().exponent) for number in (*parts, total)), default=0)
    slack = Decimal(len(parts)) / 2 * Decimal(10) ** -max(places, 0) if rounded else Decimal(0)
    return abs(total - sum(parts, Decimal(0))) <= slack
