"""One CSV from which a third party recomputes every score: the units, the rules, the cells, the publications, and what we say they give.

`scripts/recompute_scores.py` reads it with nothing but Python's standard library. No person is named in it.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from openness.disclosures.periods import Period
from openness.units.models import Unit
from openness.units.names import Level

from ..models import Indicator, Obligation, State
from .facts import Facts
from .indicators import Rules
from .scores import UnitScore, score_units

COLUMNS = (
    "record", "code", "parent", "level", "name", "key", "kind", "area", "parameters", "weight_county", "weight_township", "weight_village",
    "veto", "field", "item", "category", "period", "due_on", "state", "published_on", "done_on", "points",
    "score", "vetoes",
)  # fmt: skip
STATES = {State.OPEN: "open", State.ON_TIME: "on_time", State.LATE: "late", State.NIL: "nil", State.WAIVED: "waived"}
Record = dict[str, Any]


def units_below(places: Iterable[Unit]) -> list[Unit]:
    """Units in use of county level and below, at or under these places."""
    condition = Q(pk__in=[])
    for place in places:
        condition |= Q(path__startswith=place.path)
    return list(Unit.objects.filter(condition, active=True, level__gte=Level.COUNTY).order_by("path"))


def csv_lines(places: Iterable[Unit], period: Period, today: date | None = None) -> Iterator[str]:
    """The file, line by line; the first begins with a byte order mark, so that Excel reads the Chinese."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for record in records(list(places), period, today or timezone.localdate()):
        yield writer.writerow([record.get(column, "") for column in COLUMNS])


class _Echo:
    """What csv writes into, to get each line back."""

    def write(self, line: str) -> str:
        return line


def records(places: list[Unit], period: Period, today: date) -> Iterator[Record]:
    units = units_below(places)
    facts = Facts(units, period, today)
    about = {"first": period.first.isoformat(), "last": period.last.isoformat(), "today": today.isoformat()}
    yield {"record": "about", "period": period.code, "parameters": json.dumps(about)}
    yield from _units(facts)
    yield from map(_rule, _rules(units, Rules(period.last)))
    yield from _cells(facts)
    yield from _publications(facts)
    yield from _samples(facts)
    yield from _orders(facts)
    yield from _messages(facts)
    yield from map(_score, score_units(units, period, today))


def _units(facts: Facts) -> Iterator[Record]:
    for unit in facts.in_order:
        parent = facts.above[unit.pk][-2] if len(facts.above[unit.pk]) > 1 else None
        yield {
            "record": "unit",
            "code": unit.code,
            "parent": facts.tree[parent].code if parent else "",
            "level": unit.level,
            "name": unit.short_name,
        }


def _rules(units: Iterable[Unit], rules: Rules) -> list[Indicator]:
    """Those in force for one of the counties; a county's own row goes before the site's of the same key."""
    chosen = {row.pk: row for area in {unit.code[:6] for unit in units} for row in rules.of_area(area)}
    own = {(row.area, row.key) for row in rules.newest.values() if row.retired and row.area}
    retired = [rules.newest[key] for key in own if any(unit.code.startswith(key[0]) for unit in units)]
    return sorted([*chosen.values(), *retired], key=lambda row: (row.position, row.key, row.area))


def _rule(row: Indicator) -> Record:
    weights = {"county": row.weight_county, "township": row.weight_township, "village": row.weight_village}
    return {
        "record": "rule",
        "key": row.key,
        "name": row.name,
        "kind": "retired" if row.retired else row.kind,
        "area": row.area,
        "parameters": json.dumps(row.parameters, ensure_ascii=False),
        "veto": int(row.veto),
        **{f"weight_{level}": "" if weight is None else weight for level, weight in weights.items()},
    }


def _cells(facts: Facts) -> Iterator[Record]:
    rows = Obligation.objects.filter(facts.below("unit__"), due_on__lte=facts.until).order_by("pk")
    columns = ("unit__code", "duty__key", "duty__field__name", "period", "due_on", "state")
    for code, item, field, period, due_on, state in rows.values_list(*columns).iterator():
        yield {
            "record": "cell", "code": code, "item": item, "field": field, "period": period, "due_on": due_on, "state": STATES[State(state)],
        }  # fmt: skip


def _publications(facts: Facts) -> Iterator[Record]:
    columns = ("unit__code", "disclosure__category", "disclosure__item__field__name", "disclosure__item__key", "at")
    for code, category, field, item, at in facts.published().order_by("pk").values_list(*columns).iterator():
        day = timezone.localdate(at)
        yield {"record": "publication", "code": code, "category": category, "field": field, "item": item, "published_on": day}


def _samples(facts: Facts) -> Iterator[Record]:
    """By the address of what was looked at; what was found wrong with it is not in the file."""
    for unit in facts.in_order:
        for one in facts.samples.get(unit.pk, ()):
            day = timezone.localdate(one.judged_at) if one.judged_at else ""
            yield {
                "record": "sample", "code": unit.code, "item": one.disclosure.get_absolute_url(), "done_on": day, "points": one.score,
            }  # fmt: skip


def _orders(facts: Facts) -> Iterator[Record]:
    for unit in facts.in_order:
        for order, answered in facts.orders.get(unit.pk, ()):
            yield {"record": "order", "code": unit.code, "item": order.pk, "due_on": order.due_on, "done_on": answered or ""}


def _messages(facts: Facts) -> Iterator[Record]:
    """Those that wait, by number: who sent them and what they say is not in the file."""
    for unit in facts.in_order:
        for number, received in facts.messages.get(unit.pk, ()):
            yield {"record": "message", "code": unit.code, "item": number, "published_on": received}


def _score(one: UnitScore) -> Record:
    vetoes = "、".join(row.key for row in one.vetoes)
    return {"record": "score", "code": one.unit.code, "score": "" if one.score is None else one.score, "vetoes": vetoes}
