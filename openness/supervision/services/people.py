"""Who is told: the people of a role at a unit, or at the nearest unit above that has any."""

from collections.abc import Iterable
from typing import Any

from openness.units.models import Role, Unit
from openness.units.people import holders


def nearest(units: Iterable[int], role: Role) -> dict[int, list[Any]]:
    """Unit -> active users with this role there; where a village has no clerk of its own, its township's. Stand-ins too. Three queries."""
    paths = dict(Unit.objects.filter(pk__in=set(units)).values_list("pk", "path"))
    people = holders([role])
    return {pk: _upwards(path, people) for pk, path in paths.items()}


def _upwards(path: str, people: dict[str, list[Any]]) -> list[Any]:
    for end in range(len(path), 0, -Unit.steplen):
        if found := people.get(path[:end]):
            return found
    return []
