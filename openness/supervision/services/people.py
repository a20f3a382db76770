"""Who is told: the people of a role at a unit, or at the nearest unit above that has any."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from openness.units.models import Membership, Role, Unit


def nearest(units: Iterable[int], role: Role) -> dict[int, list[Any]]:
    """Unit -> active users with this role there; where a village has no clerk of its own, its township's. Two queries."""
    paths = dict(Unit.objects.filter(pk__in=set(units)).values_list("pk", "path"))
    holders: dict[str, list[Any]] = defaultdict(list)
    for row in Membership.objects.filter(role=role, user__is_active=True, unit__active=True).select_related("user", "unit"):
        holders[row.unit.path].append(row.user)
    return {pk: _upwards(path, holders) for pk, path in paths.items()}


def _upwards(path: str, holders: dict[str, list[Any]]) -> list[Any]:
    for end in range(len(path), 0, -Unit.steplen):
        if found := holders.get(path[:end]):
            return found
    return []
