"""The period that a page of scores or notices is about."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from openness.disclosures.periods import Period, period_label, period_of, recent_periods
from openness.units.models import Unit

from ..services.scores import read_period


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


def frame(place: Unit, period: Period, **more: Any) -> dict[str, Any]:
    """What every page of a place and a period shows."""
    return {"place": place, "period": period, "period_label": period_label(period.code), "periods": period_choices(period), **more}
