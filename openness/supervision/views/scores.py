"""得分和排名 for everybody: how a score is made, the ranking, one unit's score with the rows behind it, the data and the script.

No person is named on these pages: they know units, indicators, dates and public texts.
"""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openness.disclosures.periods import Period
from openness.units.models import Unit
from openness.units.names import Level

from ..services.evaluators import EVALUATORS
from ..services.indicators import Rules, parameter_words
from ..services.method import SCRIPT, pieces
from ..services.score_export import csv_lines
from ..services.scores import ranking, rows_behind, score, score_units
from .periods import chosen_period, frame

_PER_PAGE = 100


def places() -> QuerySet[Unit]:
    """Those that are scored: counties and what is below them; those no longer in use too, for what was due of them."""
    return Unit.objects.filter(level__gte=Level.COUNTY)


def place_of(request: HttpRequest, code: str = "") -> Unit:
    """The unit of the code or of the address's `place`, or else the first county.

    Raises:
        Http404: no unit that is scored.
    """
    code = code or request.GET.get("place", "")
    place = places().filter(code=code).first() if code else places().order_by("-active", "level", "path").first()
    if place is None:
        raise Http404
    return place


def choices(place: Unit) -> list[Unit]:
    """The counties, the units above the place, itself, and those right below."""
    above = [place.path[:end] for end in range(place.steplen, len(place.path), place.steplen)]
    wanted = Q(active=True, level=Level.COUNTY) | Q(path__in=above) | Q(pk=place.pk)
    below = Q(active=True, path__startswith=place.path, depth__lte=place.depth + 1)
    return list(places().filter(wanted | below).order_by("path"))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    place, period = place_of(request), chosen_period(request)
    scores = score(place, period)
    own = next((one for one in scores if one.unit.pk == place.pk), None)
    ranked = ranking([one for one in scores if one.unit.pk != place.pk])
    return render(request, "supervision/scores.html", frame(place, period, own=own, ranked=ranked, places=choices(place)))


@require_safe
def of_unit(request: HttpRequest, code: str) -> HttpResponse:
    place, period = place_of(request, code), chosen_period(request)
    (one,) = score_units([place], period)
    return render(request, "supervision/score.html", frame(place, period, one=one))


@require_safe
def rows(request: HttpRequest, code: str, key: str) -> HttpResponse:
    place, period = place_of(request, code), chosen_period(request)
    more = rows_context(request, place, period, key)
    told = parameter_words(more["indicator"])
    return render(request, "supervision/score_rows.html", frame(place, period, told=told, **more))


def rows_context(request: HttpRequest, place: Unit, period: Period, key: str) -> dict[str, Any]:
    """What a figure counts: as many rows as it says, or only those that are not as they should be. Here and in the admin.

    Raises:
        Http404: the indicator is not one of this unit's in this period.
    """
    indicator = next((row for row in Rules(period.last).of_unit(place) if row.key == key), None)
    if indicator is None:
        raise Http404
    bad_only = request.GET.get("show") != "all"
    page = Paginator(rows_behind(place, indicator, period, bad_only=bad_only), _PER_PAGE).get_page(request.GET.get("page"))
    return {"indicator": indicator, "evaluator": EVALUATORS[indicator.kind], "page": page, "bad_only": bad_only}


@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    return csv_of(place_of(request), chosen_period(request))


def csv_of(place: Unit, period: Period) -> StreamingHttpResponse:
    """Everything that the script needs to reckon the scores again. Here and in the admin."""
    response = StreamingHttpResponse(csv_lines([place], period), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="scores-{place.code}-{period.code}.csv"'
    return response


@require_safe
def script(request: HttpRequest) -> HttpResponseBase:
    return FileResponse(SCRIPT.open("rb"), as_attachment=True, filename=SCRIPT.name, content_type="text/x-python; charset=utf-8")


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Every kind with an example, and the versions in force in a county today."""
    place = place_of(request)
    rules = [(row, EVALUATORS[row.kind], parameter_words(row)) for row in Rules(timezone.localdate()).of_area(place.code)]
    context = {"place": place, "pieces": list(pieces()), "kinds": EVALUATORS.values(), "rules": rules}
    return render(request, "supervision/scores_method.html", context)
