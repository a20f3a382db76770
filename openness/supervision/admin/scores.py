"""得分 in the admin: the ranking, a unit's score worked out step by step, the rows behind each figure, the method, and the one CSV."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..services.evaluators import EVALUATORS
from ..services.indicators import LABEL, Rules
from ..services.method import SCRIPT, pieces
from ..services.overview import Scope, sums_of
from ..services.score_export import csv_lines
from ..services.scores import ranking, rows_behind, score, score_units
from ..views.periods import chosen_period, frame
from .places import chosen_place, place_choices

_PER_PAGE = 100


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
    """What a figure counts: as many rows as it says, or only those that are not as they should be."""
    place, period = chosen_place(request, LABEL, code=code), chosen_period(request)
    indicator = next((row for row in Rules(period.last).of_unit(place) if row.key == key), None)
    if indicator is None:
        raise Http404
    bad_only = request.GET.get("show") != "all"
    found = rows_behind(place, indicator, period, bad_only=bad_only)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    more = {"indicator": indicator, "evaluator": EVALUATORS[indicator.kind], "page": page, "bad_only": bad_only}
    sums = sums_of(place, Scope(period.first, period.last, timezone.localdate()))
    return render(request, "supervision/admin/score_rows.html", frame(place, period, sums=sums, **more))


@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    place, period = chosen_place(request, LABEL), chosen_period(request)
    response = StreamingHttpResponse(csv_lines([place], period), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="scores-{place.code}-{period.code}.csv"'
    return response


@require_safe
def script(request: HttpRequest) -> HttpResponseBase:
    return FileResponse(SCRIPT.open("rb"), as_attachment=True, filename=SCRIPT.name, content_type="text/x-python; charset=utf-8")


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
