"""Who is told: the people of a role at a unit, or at the nearest unit above that has any."""

from collections.abc import Iterable, Mapping
from typing import Any

from openness.units.models import Role, Unit, line_of
from openness.units.people import holders


def nearest(units: Iterable[int], role: Role) -> dict[int, list[Any]]:
    """Unit -> active users with this role there; where a village has no clerk of its own, its township's. Stand-ins too. Three queries."""
    paths = dict(Unit.objects.filter(pk__in=set(units)).values_list("pk", "path"))
    people = holders([role])
    return {pk: upwards(path, people) for pk, path in paths.items()}


def upwards(path: str, people: Mapping[str, list[Any]], but: int | None = None) -> list[Any]:
    """Of `holders`: those of the place, or of the nearest above it that has any besides this person."""
    for place in reversed(line_of(path)):
        if found := [user for user in people.get(place, ()) if user.pk != but]:
            return found
    return []
