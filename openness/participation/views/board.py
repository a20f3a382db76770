"""The message board: what a person let through, with its answer, and how quickly answers come."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openness.units.models import Unit
from openness.units.names import Level

from ..models import Kind, State, Submission
from ..services.figures import figures

_PER_PAGE = 20
_SHOWN = {"waiting": ~Q(state=State.ANSWERED), "answered": Q(state=State.ANSWERED)}


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """`show` is waiting or answered, `unit` a code; whatever else they say counts for nothing."""
    unit = Unit.objects.filter(code=request.GET.get("unit", "")[:12], level__gte=Level.COUNTY).first()
    show = request.GET.get("show", "")
    rows = Submission.objects.on_board().select_related("unit", "reply_unit").order_by("-received_at", "-pk")
    rows = rows.below(unit) if unit else rows
    page = Paginator(rows.filter(_SHOWN.get(show, Q())), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "participation/board.html", {"page": page, "unit": unit, "show": show if show in _SHOWN else "", **_year(unit)})


def _year(unit: Unit | None) -> dict[str, Any]:
    today = timezone.localdate()
    return {"year": today.year, "figures": figures(unit, [Kind.MESSAGE], date(today.year, 1, 1), today, today)}


@require_safe
def message(request: HttpRequest, number: str) -> HttpResponse:
    row = get_object_or_404(Submission.objects.on_board().select_related("unit", "reply_unit", "disclosure"), number=number)
    return render(request, "participation/message.html", {"message": row})
