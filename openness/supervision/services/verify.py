"""The ledger recomputed from receipts and declarations: what differs from what is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.units.models import Unit
from search.sending import pages

from ..models import LedgerField, Obligation, State, Tally
from ..rules.judge import OPEN, judge
from .evidence import evidence_for, key_of

_PAGE = 500
_SUMS = ("total", "on_time", "late", "nil", "waived", "checked", "complete")
_NONE = (0,) * len(_SUMS)


@dataclass(frozen=True)
class Difference:
    """One place where the ledger does not follow from the receipts. `what` is a sentence."""

    what: str

    def __str__(self) -> str:
        return self.what


def differences(today: date | None = None) -> Iterator[Difference]:
    """Every cell whose state is not what its evidence says; then every sum that is not that of its cells."""
    yield from _cells(today or timezone.localdate())
    yield from _sums()


def _cells(today: date) -> Iterator[Difference]:
    """By unit, so that one page of cells needs the receipts of few units."""
    rows = Obligation.objects.select_related("unit", "duty", "item").defer("item__raw", "item__elements", "item__basis")
    for page in pages(rows.order_by("unit_id", "pk").iterator(chunk_size=_PAGE), _PAGE):
        evidence = evidence_for(page, today)
        for row in page:
            verdict = judge(row.due_on, evidence[key_of(row)]) if row.item.limit else OPEN
            if (row.state, row.done_on, row.disclosure_id) != (verdict.state, verdict.done_on, verdict.disclosure):
                words = _("{unit}“{item}”{period}：台账上是“{stored}”，按凭证算是“{right}”。")
                yield Difference(
                    words.format(
                        unit=row.unit,
                        item=row.item.name,
                        period=row.period_label,
                        stored=State(row.state).label,
                        right=State(verdict.state).label,
                    )
                )


_RIGHT = f"""
SELECT a.id, o.due_on, d.field_id, count(*), sum(CASE WHEN o.state = 1 THEN 1 ELSE 0 END), sum(CASE WHEN o.state = 2 THEN 1 ELSE 0 END),
 sum(CASE WHEN o.state = 3 THEN 1 ELSE 0 END), sum(CASE WHEN o.state = 4 THEN 1 ELSE 0 END),
 count(o.complete), sum(CASE WHEN o.complete THEN 1 ELSE 0 END)
FROM {Obligation._meta.db_table} o JOIN supervision_duty d ON d.id = o.duty_id JOIN {Unit._meta.db_table} u ON u.id = o.unit_id
JOIN {Unit._meta.db_table} a ON a.path = substr(u.path, 1, length(a.path)) AND a.depth = %s
GROUP BY 1, 2, 3
"""  # noqa: S608  (our own table names)


def _sums() -> Iterator[Difference]:
    for depth in Unit.objects.values_list("depth", flat=True).distinct().order_by("depth"):
        yield from _sums_at(depth)


def _sums_at(depth: int) -> Iterator[Difference]:
    stored = {
        (row.unit_id, row.due_on, row.field_id): tuple(getattr(row, name) for name in _SUMS)
        for row in Tally.objects.filter(unit__depth=depth).iterator()
    }
    right = {}
    with connection.cursor() as cursor:
        cursor.execute(_RIGHT, [depth])
        for unit, due_on, field, *counts in cursor.fetchall():
            day = date.fromisoformat(due_on) if isinstance(due_on, str) else due_on
            right[unit, day, field] = tuple(counts)
    for key in sorted({key for key in stored.keys() | right.keys() if stored.get(key, _NONE) != right.get(key, _NONE)}):
        words = _("{unit} {field} {day} 到期的合计：台账上是 {stored}，按格数是 {right}。")
        yield Difference(
            words.format(
                unit=Unit.objects.get(pk=key[0]),
                field=LedgerField.objects.get(pk=key[2]),
                day=key[1],
                stored=stored.get(key),
                right=right.get(key),
            )
        )
