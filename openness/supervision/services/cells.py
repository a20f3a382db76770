"""Making and unmaking cells in bulk, by statements in the database: a province's two and a half million take seconds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet

from catalog.models import Item
from openness.units.models import Unit, line_of
from openness.units.names import Level

from ..models import Duty, Exemption, Obligation, Tally
from ..rules.plan import Planned
from .tallies import Deltas

_CELLS, _TALLIES = Obligation._meta.db_table, Tally._meta.db_table
_BATCH = 1000
_MANY = 10_000
_TABLES = {
    "ledger_unit": "unit_id bigint PRIMARY KEY, area varchar(6), level smallint, kind varchar(10), town_id bigint, county_id bigint",
    "ledger_above": "unit_id bigint, above_id bigint",
    "ledger_plan": "area varchar(12), duty_id bigint, item_id bigint, field_id bigint, period varchar(7), opens_on date, due_on date, "
    "county smallint, township smallint, village smallint, villages smallint, communities smallint",
    "ledger_exempt": "unit_id bigint, duty_id bigint, since date, until date",
}
_FRESH = f"""
CREATE TEMPORARY TABLE ledger_fresh AS
SELECT u.unit_id, p.duty_id, p.item_id, p.field_id, p.period, p.opens_on, p.due_on, u.town_id, u.county_id
FROM ledger_unit u CROSS JOIN ledger_plan p
LEFT JOIN {_CELLS} o ON o.unit_id = u.unit_id AND o.duty_id = p.duty_id AND o.period = p.period
WHERE u.area = p.area AND ((u.level = 3 AND p.county = 1) OR (u.level = 4 AND p.township = 1) OR (u.level = 5 AND p.village = 1
   AND (u.kind <> 'village' OR p.villages = 1) AND (u.kind <> 'community' OR p.communities = 1)))
 AND o.id IS NULL AND NOT EXISTS (
  SELECT 1 FROM ledger_exempt e WHERE e.unit_id = u.unit_id AND e.duty_id = p.duty_id
   AND e.since <= p.due_on AND (e.until IS NULL OR e.until >= p.due_on))
"""  # noqa: S608  (our own table names)
_INSERT = f"""
INSERT INTO {_CELLS} (unit_id, duty_id, item_id, period, opens_on, due_on, state, town_id, county_id)
SELECT unit_id, duty_id, item_id, period, opens_on, due_on, 0, town_id, county_id FROM ledger_fresh
"""  # noqa: S608
_LEAVES = "CREATE TEMPORARY TABLE ledger_leaf AS SELECT unit_id, due_on, field_id, count(*) AS cells FROM ledger_fresh GROUP BY 1, 2, 3"
_COUNT = f"""
INSERT INTO {_TALLIES} (unit_id, due_on, field_id, total, on_time, late, nil, waived)
SELECT a.above_id, l.due_on, l.field_id, sum(l.cells), 0, 0, 0, 0 FROM ledger_leaf l JOIN ledger_above a ON a.unit_id = l.unit_id
WHERE 1 = 1 GROUP BY 1, 2, 3
ON CONFLICT (unit_id, due_on, field_id) DO UPDATE SET total = {_TALLIES}.total + excluded.total
"""  # noqa: S608


@dataclass(frozen=True)
class Fresh:
    """A cell that every unit of the item's levels in the county must have."""

    area: str
    duty: Duty
    item: Item
    cell: Planned


def make_cells(fresh: Sequence[Fresh]) -> int:
    """Make those that are missing, in state OPEN, and count them at every level. Call inside a transaction.

    Returns:
        How many were made.
    """
    with connection.cursor() as cursor:
        _fill(cursor, fresh)
        cursor.execute(_FRESH)
        cursor.execute(_INSERT)
        made = int(cursor.rowcount)
        for statement in (_LEAVES, _COUNT, *(f"DROP TABLE {table}" for table in ("ledger_leaf", "ledger_fresh", *_TABLES))):
            cursor.execute(statement)
    if made > _MANY:
        tell_planner()
    return made


def tell_planner() -> None:
    """How the rows are spread: without it SQLite reads a township's cells by their state, and so a province's.

    It asks for this again when blanks have become few, and does not find out by itself as PostgreSQL does: the daily job tells it.
    """
    with connection.cursor() as cursor:
        for table in (_CELLS, _TALLIES):
            cursor.execute(f"ANALYZE {table}")


def _fill(cursor: Any, fresh: Sequence[Fresh]) -> None:
    for table, columns in _TABLES.items():
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns})")
    units = _units({row.area for row in fresh})
    _insert(cursor, "ledger_unit", (row[:6] for row in units))
    _insert(cursor, "ledger_above", ((row[0], above) for row in units for above in row[6]))
    _insert(cursor, "ledger_plan", map(_plan_row, sorted(fresh, key=lambda row: (row.duty.pk, row.cell.period))))
    _insert(cursor, "ledger_exempt", _exempt_rows({row[0] for row in units}))
    cursor.execute("CREATE INDEX ledger_plan_area ON ledger_plan (area)")
    cursor.execute("CREATE INDEX ledger_above_unit ON ledger_above (unit_id)")


def _insert(cursor: Any, table: str, rows: Iterable[Sequence[Any]]) -> None:
    source = iter(rows)
    while batch := list(islice(source, _BATCH)):
        marks = ", ".join(["(" + ", ".join(["%s"] * len(batch[0])) + ")"] * len(batch))
        cursor.execute(f"INSERT INTO {table} VALUES {marks}", [value for row in batch for value in row])  # noqa: S608


def _plan_row(row: Fresh) -> tuple[Any, ...]:
    item, cell = row.item, row.cell
    flags = (item.at_county, item.at_township, item.at_village, item.binds_villages, item.binds_communities)
    days = (cell.opens_on.isoformat(), cell.due_on.isoformat())
    return (row.area, row.duty.pk, item.pk, row.duty.field_id, cell.period, *days, *map(int, flags))


def _units(areas: set[str]) -> list[tuple[Any, ...]]:
    """(pk, area, level, kind, town, county, units above and itself) of every unit in use of these counties."""
    known = {path: (pk, level) for path, pk, level in Unit.objects.values_list("path", "pk", "level")}
    rows = Unit.objects.filter(active=True, level__gte=Level.COUNTY).order_by("pk").values_list("pk", "code", "level", "kind", "path")
    return [
        (pk, code[:6], level, kind, *_places(path, known), [known[one][0] for one in line_of(path)])
        for pk, code, level, kind, path in rows.iterator()
        if code[:6] in areas
    ]


def _places(path: str, known: dict[str, tuple[int, int]]) -> tuple[int | None, int | None]:
    by_level = {known[one][1]: known[one][0] for one in line_of(path)}
    return by_level.get(Level.TOWNSHIP), by_level.get(Level.COUNTY)


def _exempt_rows(units: set[int]) -> Iterable[tuple[Any, ...]]:
    for row in Exemption.objects.select_related("unit"):
        below = Unit.objects.filter(path__startswith=row.unit.path).values_list("pk", flat=True)
        until = row.until.isoformat() if row.until else None
        yield from ((pk, row.duty_id, row.since.isoformat(), until) for pk in below if pk in units)


def drop_cells(cells: QuerySet[Obligation]) -> int:
    """Take cells away, and out of every sum.

    Returns:
        How many.
    """
    deltas = Deltas()
    groups = cells.order_by().values_list("unit", "duty__field", "due_on", "state", "complete").annotate(number=Count("pk"))
    for unit, field, due_on, state, complete, number in groups:
        deltas.cell(unit, field, due_on, state, -number, complete=complete)
    deltas.save()
    return cells.order_by().delete()[0] if deltas.by_unit else 0
