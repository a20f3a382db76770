"""Units that moved in the tree: their cells and sums go with them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count

from openness.disclosures.services.places import towns_and_counties
from openness.units.models import Unit

from ..models import Obligation, Tally
from .tallies import Deltas


@transaction.atomic
def put_in_place(paths: Iterable[str]) -> int:
    """The cells of every unit below these paths get the town and the county of today; where one changed, all sums are made anew.

    Returns:
        How many units had moved.
    """
    units = {pk for path in paths for pk in Unit.objects.filter(path__startswith=path).values_list("pk", flat=True)}
    now = towns_and_counties(units)
    stored = Obligation.objects.filter(unit__in=units).order_by().values_list("unit", "town", "county").distinct()
    moved = [unit for unit, town, county in stored if now[unit] != (town, county)]
    for unit in moved:
        town, county = now[unit]
        Obligation.objects.filter(unit=unit).update(town=town, county=county)
    if moved:
        recount()
    return len(moved)


def recount() -> None:
    """Every sum from the cells."""
    Tally.objects.all().delete()
    deltas = Deltas()
    groups = Obligation.objects.order_by().values_list("unit", "duty__field", "due_on", "state", "complete").annotate(number=Count("pk"))
    for unit, field, due_on, state, complete, number in groups.iterator():
        deltas.cell(unit, field, due_on, state, number, complete=complete)
    deltas.save()
