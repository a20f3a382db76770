"""公开率 and 及时率, from the sums of the ledger."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, overload

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.units.models import Unit

from ...models import Obligation, State
from ...rules.parameters import Choice
from ...rules.score import Measure
from ..facts import Facts
from ..overview import Sums, cells_behind
from .base import Evaluator, Parameters, Row


class Rate(Evaluator):
    kind = "rate"
    label = gettext_lazy("台账里的比率")
    method = gettext_lazy(
        "本期到期的每一格里，已经公开（或按时公开）的格数除以应公开的格数；报了“本期无此事项”和经批准不公开的不算应公开。"
    )
    example = gettext_lazy("应公开 20 项，已公开 18 项：18 ÷ 20。权重 50 得 45 分。")
    parameters = (Choice("of", gettext_lazy("算哪个率"), {"done": gettext_lazy("公开率"), "on_time": gettext_lazy("及时率")}),)

    def measure(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Measure]:
        name = parameters["of"]
        words = _("已公开 {n} 项，应公开 {of} 项") if name == "done" else _("按时公开 {n} 项，应公开 {of} 项")

        def of_unit(unit: Unit) -> Measure:
            sums = facts.sums.get(unit.pk, Sums())
            good = getattr(sums, name)
            return Measure(good, sums.owed, words.format(n=good, of=sums.owed) if sums.owed else _("本期没有到期应公开的事项"))

        return of_unit

    def rows(self, facts: Facts, unit: Unit, parameters: Parameters, *, bad_only: bool) -> Sequence[Row]:
        cells = cells_behind(unit, facts.scope, "owed")
        if bad_only:
            good = (State.ON_TIME, State.LATE) if parameters["of"] == "done" else (State.ON_TIME,)
            cells = cells.exclude(state__in=good)
        narrow = cells.select_related("unit", "duty__item", "disclosure").defer(
            "duty__item__raw", "duty__item__elements", "duty__item__basis", "disclosure__body"
        )
        return CellRows(narrow, facts, parameters["of"])


class CellRows(Sequence[Row]):
    """Cells as rows; only the page that is shown is read."""

    def __init__(self, cells: QuerySet[Obligation], facts: Facts, name: str) -> None:
        self.cells, self.facts, self.name = cells, facts, name

    def __len__(self) -> int:
        return self.cells.count()

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self._row(cell) for cell in self.cells[index]]
        return self._row(self.cells[index])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self.cells.iterator(chunk_size=1000))

    def _row(self, cell: Obligation) -> Row:
        good = cell.state == State.ON_TIME or (self.name == "done" and cell.state == State.LATE)
        what = f"{cell.duty.item.name} {cell.period_label}".strip()
        return Row(cell.unit, what, partial(_cell_words, cell, self.facts.today), good, cell)


def _cell_words(cell: Obligation, today: date) -> str:
    return _("{day}到期，{words}").format(day=cell.due_on.isoformat(), words=cell.words(today))
