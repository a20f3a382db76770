"""What every evaluator is: a kind of indicator that measures all units of a place at once, and shows the rows behind a figure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from openness.disclosures.models import Disclosure
from openness.units.models import Unit

from ...models import Obligation
from ...rules.parameters import Parameter, Words, check_all
from ...rules.score import Measure
from ..facts import Facts

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One thing that was looked at: a column, an item or a cell of a unit. False where it is not as it should be.

    `tell` makes the sentence when it is shown: a county counts thousands of rows and shows a page of them.
    """

    unit: Unit
    what: str
    tell: Callable[[], str]
    good: bool
    cell: Obligation | None = None
    disclosure: Disclosure | None = None

    @property
    def words(self) -> str:
        return self.tell()

    @property
    def shown(self) -> Disclosure | None:
        """The public text that it is about."""
        made = self.cell.disclosure if self.cell else self.disclosure
        return made if made is not None and made.live else None

    def __bool__(self) -> bool:
        return self.good


class Evaluator:
    """`kind` is its name in the data, `label` what it is called, `method` how it is reckoned, in a sentence that names no number.

    `example` is one worked out with numbers, as it would be for a unit.
    """

    kind: ClassVar[str]
    label: ClassVar[Words]
    method: ClassVar[Words]
    example: ClassVar[Words]
    parameters: ClassVar[tuple[Parameter, ...]] = ()

    def check(self, data: Any) -> dict[str, Any]:
        """The parameters as they will be stored.

        Raises:
            ParameterError: with a sentence.
        """
        return check_all(self.parameters, data)

    def measure(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Measure]:
        """The facts of all units are gathered once, then each unit is answered without a query."""
        raise NotImplementedError

    def rows(self, facts: Facts, unit: Unit, parameters: Parameters, *, bad_only: bool) -> Sequence[Row]:
        """What stands behind the unit's figure, in the order of the tree."""
        raise NotImplementedError


class OfRows(Evaluator):
    """A kind that looks at rows of each unit: the figures are counts of the same rows that are shown."""

    def own(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Iterable[Row]]:
        """The rows of one unit, without those of the units below it."""
        raise NotImplementedError

    def judge(self, good: int, of: int, parameters: Parameters) -> Measure:
        raise NotImplementedError

    def measure(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Measure]:
        counts = facts.counted(self.own(facts, parameters))

        def of_unit(unit: Unit) -> Measure:
            of, good = counts[unit.pk]
            return self.judge(good, of, parameters)

        return of_unit

    def rows(self, facts: Facts, unit: Unit, parameters: Parameters, *, bad_only: bool) -> Sequence[Row]:
        return list(self._rows(facts, unit, parameters, bad_only))

    def _rows(self, facts: Facts, unit: Unit, parameters: Parameters, bad_only: bool) -> Iterator[Row]:
        own = self.own(facts, parameters)
        for one in facts.in_order:
            if one.path.startswith(unit.path):
                yield from (row for row in own(one) if not (bad_only and row.good))


def fewer_than(bad: int, limit: int, words: str) -> Measure:
    """A threshold on a count: `limit` or more fail."""
    passed = bad < limit
    mark = _("合格") if passed else _("不合格")
    return Measure(int(passed), 1, _("{words}，到 {limit} 个算不合格：{mark}").format(words=words, limit=limit, mark=mark), passed)


def share(good: int, of: int, words: str, nothing: str) -> Measure:
    return Measure(good, of, words if of else nothing)
