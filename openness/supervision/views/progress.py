"""公开进度: the figures of the desk for everybody; nothing in them is secret."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openness.units.models import Unit
from openness.units.names import Level

from ..services.desk import STATES
from .asking import Links, cells_page, choice_of, state_of
from .shown import desk_context


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    choice = choice_of(request, Unit.objects.filter(active=True, level__gte=_top()), today)
    context = desk_context(choice, Links("progress", "progress_cells", choice), today)
    context["above"] = [(unit, url) for unit, url in context["above"] if unit.level >= _top()]
    return render(request, "supervision/progress.html", context)


@require_safe
def cells(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    choice = choice_of(request, Unit.objects.filter(active=True, level__gte=_top()), today)
    links = Links("progress", "progress_cells", choice)
    state = state_of(request)
    page = cells_page(request, choice, today)
    rows = [(cell, cell.words(today)) for cell in page]
    context = {
        "choice": choice, "unit": choice.unit, "state": state, "words": STATES[state], "page": page, "rows": rows,
        "back": links.desk(), "here": links.cells(state),
    }  # fmt: skip
    return render(request, "supervision/progress_cells.html", context)


def _top() -> int:
    """A county's site begins at the county; a province's at the province."""
    counties = Unit.objects.filter(level=Level.COUNTY, active=True).count()
    return Level.COUNTY if counties == 1 else Level.PROVINCE
