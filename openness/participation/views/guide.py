"""依申请公开: what to know before asking, and how last and this year's requests went."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Kind
from ..services.figures import figures


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    numbers = figures(None, [Kind.REQUEST], date(today.year, 1, 1), today, today)
    return render(request, "participation/guide.html", {"year": today.year, "figures": numbers})
