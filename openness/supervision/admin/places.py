"""Which place and which period a page is about: read from the address, within what the person covers."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from openness.disclosures.forms import units_for
from openness.disclosures.periods import Period, period_label, period_of, recent_periods
from openness.units.models import Unit
from openness.units.names import Level

from ..services.scores import read_period


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


def chosen_period(request: HttpRequest) -> Period:
    """The address's `period`, or the quarter that ended last.

    Raises:
        Http404: what stands there is no period.
    """
    code = request.GET.get("period", "")
    period = read_period(code) if code else period_of(timezone.localdate(), "quarter").before()
    if period is None:
        raise Http404
    return period


def period_choices(chosen: Period) -> list[tuple[str, str]]:
    """Recent quarters, months and years by name; the one chosen is always among them."""
    recent = recent_periods(timezone.localdate())
    codes = [period.code for cadence in ("quarter", "month", "year") for period in recent[cadence]]
    return [(code, period_label(code)) for code in ([] if chosen.code in codes else [chosen.code]) + codes]


def place_choices(request: HttpRequest, place: Unit, label: str) -> list[Unit]:
    """The units above the place that the person covers, the place itself, and those right below it."""
    above = [place.path[:end] for end in range(place.steplen, len(place.path), place.steplen)]
    covered = units_for(request.user, label, "view").filter(level__gte=Level.COUNTY)
    wanted = covered.filter(path__in=above) | covered.filter(path__startswith=place.path, depth__lte=place.depth + 1)
    return list(wanted.order_by("path"))


def frame(place: Unit, period: Period, **more: Any) -> dict[str, Any]:
    """What every page of a place and a period shows."""
    return {"place": place, "period": period, "period_label": period_label(period.code), "periods": period_choices(period), **more}
