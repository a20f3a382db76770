"""A county's own rule for each item: enough of it, the newest not old, no long gap."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
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
                yield Row(unit, name, "；".join(faults) or _("都做到了"), not faults)

        return of_unit

    def judge(self, good: int, of: int, parameters: Parameters) -> Measure:
        return share(good, of, _("{of} 个事项里有 {good} 个做到").format(good=good, of=of), _("没有按月、按季应公开的事项"))


def item_faults(days: Sequence[date], until: date, parameters: Parameters) -> list[str]:
    """What is wrong with an item published on these days, oldest first."""
    faults = []
    if len(days) < parameters["at_least"]:
        faults.append(_("只有 {n} 条，要 {least} 条").format(n=len(days), least=parameters["at_least"]))
    if days and (until - days[-1]).days > parameters["latest_days"]:
        faults.append(_("最近一条已有 {n} 天，规定最多 {most} 天").format(n=(until - days[-1]).days, most=parameters["latest_days"]))
    gap = max(((after - before).days for before, after in pairwise(days)), default=0)
    if gap > parameters["gap_days"]:
        faults.append(_("前后两条最多隔了 {n} 天，规定最多 {most} 天").format(n=gap, most=parameters["gap_days"]))
    return faults
