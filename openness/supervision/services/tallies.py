"""Keeping the sums in step with the cells: the same transaction, one statement a batch, at every level of the tree."""

from collections import defaultdict
from collections.abc import Mapping, Set
from datetime import date

from django.db import connection

from openness.units.models import Unit, line_of

from ..models import State, Tally

COLUMNS = {State.ON_TIME: "on_time", State.LATE: "late", State.NIL: "nil", State.WAIVED: "waived"}
_ALL = ("total", *COLUMNS.values(), "checked", "complete")
_TABLE = Tally._meta.db_table
_BATCH = 150
_ROW = f"({', '.join(['%s'] * (3 + len(_ALL)))})"
_NAMES = ", ".join(("unit_id", "due_on", "field_id", *_ALL))
_COUNTS = ", ".join(f"given.column{number}" for number in range(4, 4 + len(_ALL)))
_SUMS = ", ".join(f"{name} = {_TABLE}.{name} + excluded.{name}" for name in _ALL)
# The units' own keys, in one order for everybody: no deadlock on PostgreSQL. (A join before ON CONFLICT wants its WHERE on SQLite.)
_ADD = f"""INSERT INTO {_TABLE} ({_NAMES}) SELECT unit.id, {{day}}, given.column3, {_COUNTS}
FROM (VALUES {{rows}}) AS given JOIN {Unit._meta.db_table} unit ON unit.path = given.column1 WHERE true
ORDER BY unit.id, given.column2, given.column3 ON CONFLICT (unit_id, due_on, field_id) DO UPDATE SET {_SUMS}"""  # noqa: S608
_DAY = {"sqlite": "given.column2", "postgresql": "CAST(given.column2 AS date)"}
Key = tuple[int, date, int]
Line = tuple[str, date, int]


class Deltas:
    """What is to be added to which sums, by unit of the cell; units above get the same."""

    def __init__(self, paths: Mapping[int, str] | None = None) -> None:
        """`paths` are treebeard paths of units that are known already."""
        self.paths = dict(paths or {})
        self.by_unit: dict[Key, list[int]] = defaultdict(lambda: [0] * len(_ALL))

    def cell(self, unit: int, field: int, due_on: date, state: int, number: int = 1, *, complete: bool | None = None) -> None:
        """A cell in this state, and of this completeness, came (1) or went (-1)."""
        row = self.by_unit[unit, due_on, field]
        row[0] += number
        if state in COLUMNS:
            row[_ALL.index(COLUMNS[State(state)])] += number
        if complete is not None:
            row[_ALL.index("checked")] += number
            row[_ALL.index("complete")] += number * complete

    def save(self) -> None:
        """Add them, for each unit and everything above it."""
        changed = {key: counts for key, counts in self.by_unit.items() if any(counts)}
        self._know({unit for unit, _due, _field in changed})
        rows: dict[Line, list[int]] = defaultdict(lambda: [0] * len(_ALL))
        for (unit, due_on, field), counts in changed.items():
            for path in line_of(self.paths[unit]):
                rows[path, due_on, field] = [a + b for a, b in zip(rows[path, due_on, field], counts, strict=True)]
        _add(rows)

    def _know(self, units: Set[int]) -> None:
        if unknown := units - self.paths.keys():
            self.paths |= dict(Unit.objects.filter(pk__in=unknown).values_list("pk", "path"))


def _add(rows: Mapping[Line, list[int]]) -> None:
    keys = sorted(rows)
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        parameters: list[int | str] = []
        for path, due_on, field in batch:
            parameters += [path, due_on.isoformat(), field, *rows[path, due_on, field]]
        statement = _ADD.format(day=_DAY[connection.vendor], rows=", ".join([_ROW] * len(batch)))
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            if cursor.rowcount != len(batch):
                raise LookupError(f"{len(batch) - cursor.rowcount} sums of units that are not in the tree")
