"""Which place a page is about: read from the address, within what the person covers."""

from django.http import Http404, HttpRequest

from openness.disclosures.forms import units_for
from openness.units.models import Unit
from openness.units.names import Level


def chosen_place(request: HttpRequest, label: str, action: str = "view", code: str | None = None) -> Unit:
    """The unit of `code`, or of the address's `unit`, or else the highest one that the person covers.

    Raises:
        Http404: outside of that: for this person it does not exist.
    """
    units = units_for(request.user, label, action).filter(level__gte=Level.COUNTY).order_by("depth", "path")
    code = request.GET.get("unit", "") if code is None else code
    place = units.filter(code=code).first() if code else units.first()
    if place is None:
        raise Http404
    return place


def place_choices(request: HttpRequest, place: Unit, label: str) -> list[Unit]:
    """The units above the place that the person covers, the place itself, and those right below it."""
    above = [place.path[:end] for end in range(place.steplen, len(place.path), place.steplen)]
    covered = units_for(request.user, label, "view").filter(level__gte=Level.COUNTY)
    wanted = covered.filter(path__in=above) | covered.filter(path__startswith=place.path, depth__lte=place.depth + 1)
    return list(wanted.order_by("path"))
