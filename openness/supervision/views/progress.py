"""公开进度: the figures of the desk for everybody; nothing in them is secret."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openness.disclosures.periods import period_of
from openness.pagecache.keeping import keep
from openness.pagecache.topics import ANY
from openness.units.models import Unit
from openness.units.names import Level

from ..services.desk import Choice
from ..services.figures import percent
from ..services.overview import Sums, sums_of
from .asking import cells_page, choice_of, public_links, state_of
from .shown import desk_context, list_context, list_rows


@require_safe
def progress(request: HttpRequest, code: str = "") -> HttpResponse:
    today, places = timezone.localdate(), public_places()
    choice = choice_of(request, places, today, code)
    context = desk_context(choice, public_links(choice), places, today)
    return keep(render(request, "supervision/progress.html", context), ANY)


@require_safe
def cells(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    choice, state = choice_of(request, public_places(), today), state_of(request)
    page = cells_page(request, choice, today)
    context = {**list_context(choice, public_links(choice), state, today), "page": page, "rows": list_rows(page, state, today)}
    return render(request, "supervision/progress_cells.html", context)


def progress_this_year(today: date) -> dict[str, Any] | None:
    """For the home page: how the whole place stands; None where nothing has come due. Three queries."""
    unit = public_places().filter(active=True).order_by("depth", "path").first()
    sums = sums_of(unit, Choice(unit, period_of(today, "year")).scope(today)) if unit else Sums()
    return {"unit": unit, "sums": sums, "rate": percent(sums.done, sums.owed)} if sums.owed else None


def public_places() -> QuerySet[Unit]:
    """A county's site begins at the county; a province's at the province."""
    counties = Unit.objects.filter(level=Level.COUNTY, active=True).count()
    return Unit.objects.filter(level__gte=Level.COUNTY if counties == 1 else Level.PROVINCE)
