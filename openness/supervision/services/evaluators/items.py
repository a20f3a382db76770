"""A county's own rule for each item: enough of it, the newest not old, no long gap."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.units.models import Unit

from ...rules.parameters import Number
from ...rules.score import Measure
from ..facts import Facts
from .base import OfRows, Parameters, Row, share


class ItemsKept(OfRows):
    kind = "items_kept"
    label = gettext_lazy("每个事项的条数和间隔")
    method = gettext_lazy(
        "每个单位按月、按季应公开的每个事项，往回看规定的天数：条数够、最近一条不太旧、前后两条隔得不太久，三样都做到的事项数除以事项总数。"
    )
    example = gettext_lazy("按月、按季公开的事项 8 个，3 个只有两条或者隔了一百多天：做到的 5 ÷ 8。权重 10 得 6.25 分。")
    parameters = (
        Number("look_back_days", gettext_lazy("往回看多少天")),
        Number("at_least", gettext_lazy("至少多少条")),
        Number("latest_days", gettext_lazy("最近一条不超过多少天")),
        Number("gap_days", gettext_lazy("前后两条不超过多少天")),
    )

    def own(self, facts: Facts, parameters: Parameters) -> Callable[[Unit], Iterable[Row]]:
        since = facts.until - timedelta(days=parameters["look_back_days"])
        published = facts.days_by_item(since)
        items: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for unit, key, name in facts.frequent_items(since):
            items[unit].append((name, key))

        def of_unit(unit: Unit) -> Iterable[Row]:
            for name, key in sorted(items.get(unit.pk, ())):
                faults = item_faults(published.get((unit.pk, key), []), facts.until, parameters)
                yield Row(unit, name, partial(_words, faults), not faults)

        return of_unit

    def judge(self, good: int, of: int, parameters: Parameters) -> Measure:
        return share(good, of, _("{of} 个事项里有 {good} 个做到").format(good=good, of=of), _("没有按月、按季应公开的事项"))


@dataclass(frozen=True)
class Fault:
    """What is wrong with an item: which of the three rules, the number found and the number asked for."""

    rule: str
    found: int
    limit: int

    def words(self) -> str:
        words = {
            "at_least": _("只有 {n} 条，要 {limit} 条"),
            "latest_days": _("最近一条已有 {n} 天，规定最多 {limit} 天"),
            "gap_days": _("前后两条最多隔了 {n} 天，规定最多 {limit} 天"),
        }
        return words[self.rule].format(n=self.found, limit=self.limit)


def item_faults(days: Sequence[date], until: date, parameters: Parameters) -> list[Fault]:
    """Of an item published on these days, oldest first."""
    age = (until - days[-1]).days if days else 0
    gap = max(((after - before).days for before, after in pairwise(days)), default=0)
    faults = [Fault("at_least", len(days), parameters["at_least"])] if len(days) < parameters["at_least"] else []
    return faults + [
        Fault(rule, found, parameters[rule]) for rule, found in (("latest_days", age), ("gap_days", gap)) if found > parameters[rule]
    ]


def _words(faults: Sequence[Fault]) -> str:
    return "；".join(fault.words() for fault in faults) or _("都做到了")
