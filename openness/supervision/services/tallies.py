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
Key = tuple[int, date, int]


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
        """Add them, the units in one order for everybody: no deadlock on PostgreSQL."""
        changed = {unit for (unit, _due, _field), counts in self.by_unit.items() if any(counts)}
        if not changed:
            return
        above = _above(changed, self.paths)
        rows: dict[Key, list[int]] = defaultdict(lambda: [0] * len(_ALL))
        for (unit, due_on, field), counts in self.by_unit.items():
            if any(counts):
                for one in above[unit]:
                    rows[one, due_on, field] = [a + b for a, b in zip(rows[one, due_on, field], counts, strict=True)]
        _add(rows)


def _above(units: Set[int], known_paths: Mapping[int, str]) -> Mapping[int, list[int]]:
    """Unit -> itself and everything above it; one query, and one for paths that are not known."""
    paths = {unit: known_paths[unit] for unit in units & known_paths.keys()}
    if len(paths) < len(units):
        paths |= dict(Unit.objects.filter(pk__in=units - paths.keys()).values_list("pk", "path"))
    wanted = {one for path in paths.values() for one in line_of(path)}
    known = dict(Unit.objects.filter(path__in=wanted).values_list("path", "pk"))
    return {pk: [known[one] for one in line_of(path)] for pk, path in paths.items()}


def _add(rows: Mapping[Key, list[int]]) -> None:
    keys = sorted(rows)
    sums = ", ".join(f"{name} = {_TABLE}.{name} + excluded.{name}" for name in _ALL)
    names = ", ".join(("unit_id", "due_on", "field_id", *_ALL))
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        values = ", ".join([_ROW] * len(batch))
        parameters: list[int | str] = []
        for unit, due_on, field in batch:
            parameters += [unit, due_on.isoformat(), field, *rows[unit, due_on, field]]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_TABLE} ({names}) VALUES {values} ON CONFLICT (unit_id, due_on, field_id) DO UPDATE SET {sums}",  # noqa: S608
                parameters,
            )
