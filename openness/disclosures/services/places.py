"""Where a unit stands: the town and the county that lists and indexes filter by."""

from collections.abc import Iterable
from typing import Any

from openness.units.models import Unit
from openness.units.names import Level


def town_and_county(unit_id: int) -> tuple[int | None, int | None]:
    """Primary keys of the township and the county of a unit (the unit itself where it is one); None above them."""
    return towns_and_counties([unit_id])[unit_id]


def towns_and_counties(unit_ids: Iterable[int]) -> dict[int, tuple[int | None, int | None]]:
    """The same for many units, in two queries."""
    paths = dict(Unit.objects.filter(pk__in=set(unit_ids)).values_list("pk", "path"))
    wanted = {path[: Unit.steplen * level] for path in paths.values() for level in (Level.COUNTY, Level.TOWNSHIP)}
    found = {(path, level): pk for pk, path, level in Unit.objects.filter(path__in=wanted).values_list("pk", "path", "level")}
    return {
        pk: (
            found.get((path[: Unit.steplen * Level.TOWNSHIP], Level.TOWNSHIP)),
            found.get((path[: Unit.steplen * Level.COUNTY], Level.COUNTY)),
        )
        for pk, path in paths.items()
    }


def place_again(paths: Iterable[str], **_kwargs: Any) -> None:
    """Units were moved: what they disclosed is listed under the new town and county."""
    from ..models import Disclosure

    for path in paths:
        known = list(Disclosure.objects.filter(unit__path__startswith=path).values_list("unit", "town", "county").distinct())
        right = towns_and_counties(unit for unit, _town, _county in known)
        for unit in {unit for unit, *now in known if tuple(now) != right[unit]}:
            town, county = right[unit]
            Disclosure.objects.filter(unit=unit).update(town=town, county=county)
