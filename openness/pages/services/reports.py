"""Annual openness reports (条例 art. 49, 50) that the public may read."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone

from openness.supervision.models import AnnualReport

_PAGE = 50


def published_reports(year: str = "", page: str = "") -> dict[str, Any]:
    """What the list shows: the years there are, the chosen one (0 is all) and a page of reports, the newest year first, units in the tree's order.

    Three queries.
    """
    rows = _public()
    years = list(rows.order_by("-year").values_list("year", flat=True).distinct())
    chosen = int(year) if year.isdigit() and int(year) in years else 0
    rows = rows.filter(year=chosen) if chosen else rows
    shown = rows.select_related("unit", "disclosure").defer("tables", "overview", "issues", "others", "disclosure__body")
    return {"years": years, "year": chosen, "reports": Paginator(shown.order_by("-year", "unit__path"), _PAGE).get_page(page)}


def _public() -> QuerySet[AnnualReport]:
    over = Q(disclosure__comes_down=True, disclosure__notice_until__lt=timezone.localdate())
    return AnnualReport.objects.filter(disclosure__live=True).exclude(over)
