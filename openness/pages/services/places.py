"""看我们村: selects that work without a script. What was chosen in one fills the next, on a site of one county or of many."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from openness.units.models import Unit
from openness.units.names import Level


def places(chosen: Mapping[str, str]) -> dict[str, Any]:
    """`chosen` holds codes: county, town; a town says which county. On a site of one county nobody is asked for it. Four queries at most.

    Returns:
        counties (empty where there is one), county, towns, town, villages.
    """
    counties = list(_at(Level.COUNTY))
    code = chosen.get("town", "")
    town = _at(Level.TOWNSHIP).filter(code=code).first() if code.isdecimal() else None
    county = _county(counties, town, chosen.get("county", ""))
    return {
        "counties": counties if len(counties) > 1 else [],
        "county": county,
        "towns": list(_below(county, Level.TOWNSHIP)) if county else [],
        "town": town,
        "villages": list(_below(town, Level.VILLAGE)) if town else [],
    }


def _county(counties: list[Unit], town: Unit | None, code: str) -> Unit | None:
    if town is not None:
        return next((unit for unit in counties if town.path.startswith(unit.path)), None)
    return counties[0] if len(counties) == 1 else next((unit for unit in counties if unit.code == code), None)


def _at(level: Level) -> QuerySet[Unit]:
    return Unit.objects.filter(level=level, active=True).only("code", "short_name", "path", "level", "depth", "numchild").order_by("path")


def _below(unit: Unit, level: Level) -> QuerySet[Unit]:
    return _at(level).filter(path__startswith=unit.path, depth=unit.depth + 1)
