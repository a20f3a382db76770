"""得分 in the admin: the ranking, a unit's score worked out step by step, the rows behind each figure, the method, and the one CSV."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..services.evaluators import EVALUATORS
from ..services.indicators import LABEL
from ..services.method import pieces
from ..services.overview import Scope, sums_of
from ..services.scores import ranking, score, score_units
from ..views.periods import chosen_period, frame
from ..views.scores import csv_of, rows_context, script
from .places import chosen_place, place_choices


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The place's own score and the ranking of the units right below it. A fixed number of queries."""
    place, period = chosen_place(request, LABEL), chosen_period(request)
    scores = score(place, period)
    own = next((one for one in scores if one.unit.pk == place.pk), None)
    ranked = ranking([one for one in scores if one.unit.pk != place.pk])
    more = {"own": own, "ranked": ranked, "places": place_choices(request, place, LABEL)}
    return render(request, "supervision/admin/scores.html", frame(place, period, **more))


@require_safe
def of_unit(request: HttpRequest, code: str) -> HttpResponse:
    place, period = chosen_place(request, LABEL, code=code), chosen_period(request)
    (one,) = score_units([place], period)
    return render(request, "supervision/admin/score.html", frame(place, period, one=one, kinds=EVALUATORS))


@require_safe
def rows(request: HttpRequest, code: str, key: str) -> HttpResponse:
    place, period = chosen_place(request, LABEL, code=code), chosen_period(request)
    sums = sums_of(place, Scope(period.first, period.last, timezone.localdate()))
    return render(
        request, "supervision/admin/score_rows.html", frame(place, period, sums=sums, **rows_context(request, place, period, key))
    )


@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    return csv_of(chosen_place(request, LABEL), chosen_period(request))


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("supervision.view_indicator"):
        raise PermissionDenied
    context = {"pieces": list(pieces()), "kinds": EVALUATORS.values()}
    return render(request, "supervision/admin/method.html", context)


URLS = [
    path("supervision/scores/", index, name="supervision_scores"),
    path("supervision/scores/csv/", download, name="supervision_scores_csv"),
    path("supervision/scores/method/", method, name="supervision_method"),
    path("supervision/scores/recompute_scores.py", script, name="supervision_script"),
    path("supervision/scores/<str:code>/", of_unit, name="supervision_score"),
    path("supervision/scores/<str:code>/<slug:key>/", rows, name="supervision_score_rows"),
]
