"""Settling cells: judged by the evidence, in the transaction of the act that changed it. A cell's cost does not depend on how many exist."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from openness.disclosures.models import Disclosure

from ..models import Duty, Obligation, State, UrgeClock
from ..rules.judge import OPEN, judge
from ..rules.plan import period_answered
from .evidence import evidence_for, key_of
from .tallies import Deltas

_UPDATE = f"UPDATE {Obligation._meta.db_table} SET state = %s, done_on = %s, disclosure_id = %s, complete = %s WHERE id = %s"  # noqa: S608
_READ = (
    "unit_id", "duty_id", "period", "due_on", "state", "done_on", "disclosure_id", "complete",
    "duty__area", "duty__key", "duty__field_id", "item__limit_data", "unit__path",
)  # fmt: skip
_BATCH = 100


@transaction.atomic(savepoint=False)  # a settling that fails takes the act with it
def settle(cells: QuerySet[Obligation], today: date | None = None) -> int:
    """Bring these cells into the state that the evidence gives them. Idempotent.

    Returns:
        How many changed.
    """
    rows = list(_read(cells))
    evidence = evidence_for(rows, today or timezone.localdate()) if rows else {}
    deltas, changed = Deltas({row.unit_id: row.unit.path for row in rows}), []
    for row in rows:
        verdict = judge(row.due_on, evidence[key_of(row)]) if row.item.limit else OPEN
        if (row.state, row.done_on, row.disclosure_id) == (verdict.state, verdict.done_on, verdict.disclosure):
            continue
        # What the machine saw was of the answer that it looked at.
        complete = row.complete if row.disclosure_id == verdict.disclosure else None
        _recount(deltas, row, verdict.state, complete)
        row.state, row.done_on, row.disclosure_id, row.complete = verdict.state, verdict.done_on, verdict.disclosure, complete
        changed.append(row)
    _store(changed)
    deltas.save()
    return len(changed)


def _store(rows: Sequence[Obligation]) -> None:
    """One prepared statement for all: building a CASE of hundreds of branches costs more than the settling itself."""
    if rows:
        values = [(row.state, row.done_on and row.done_on.isoformat(), row.disclosure_id, row.complete, row.pk) for row in rows]
        with connection.cursor() as cursor:
            cursor.executemany(_UPDATE, values)
        _stop_clocks(rows)


def _read(cells: QuerySet[Obligation]) -> QuerySet[Obligation]:
    rows = cells.select_related("duty", "item", "unit").only(*_READ).annotate(urged=Exists(UrgeClock.objects.filter(cell=OuterRef("pk"))))
    return rows.select_for_update(of=("self",)).order_by("pk")


def _stop_clocks(rows: Sequence[Obligation]) -> None:
    """Nobody urges what is filled."""
    if filled := [row.pk for row in rows if row.urged and row.state != State.OPEN]:  # type: ignore[attr-defined]
        UrgeClock.objects.filter(cell__in=filled).delete()


def _recount(deltas: Deltas, row: Obligation, state: int, complete: bool | None) -> None:
    if (row.state, row.complete) != (state, complete):
        deltas.cell(row.unit_id, row.duty.field_id, row.due_on, row.state, -1, complete=row.complete)
        deltas.cell(row.unit_id, row.duty.field_id, row.due_on, state, complete=complete)


def settle_for(disclosures: Sequence[Disclosure]) -> int:
    """The cells that these disclosures answer, and those they answered before a correction moved them.

    Each must have `item.field.standard` loaded.
    """
    by_unit, changed = sorted(disclosures, key=lambda one: one.unit_id), 0
    for start in range(0, len(by_unit), _BATCH):
        batch = by_unit[start : start + _BATCH]
        # Without the unit here: PostgreSQL would read all cells of the unit instead of the one.
        before = Q(disclosure__in=[one.pk for one in batch])
        changed += settle(Obligation.objects.filter(cells_answered(batch) | before))
    return changed


def cells_answered(disclosures: Iterable[Disclosure]) -> Q:
    """One query for the duties."""
    rows = [(one, one.item.field.standard.area, one.item.key) for one in disclosures]
    known = Duty.objects.filter(area__in={area for _one, area, _key in rows}, key__in={key for _one, _area, key in rows})
    duties = {(area, key): duty for area, key, duty in known.values_list("area", "key", "pk")}
    wanted = Q(pk__in=[])
    for one, area, key in rows:
        duty, limit = duties.get((area, key)), one.item.limit
        if duty is not None and limit is not None:
            wanted |= Q(unit=one.unit_id, duty=duty, period=period_answered(limit, one.period, one.formed_on))
    return wanted
