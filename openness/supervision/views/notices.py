"""通报 for everybody, from the day they are issued: the words, the tables, the workbook and the page for the printer."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..models import Notice
from ..services.notice import overdue_headings, ranking_headings, rows_of_overdue, rows_of_ranking
from ..services.notice_sheet import notice_workbook, tables_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PER_PAGE = 50
_MOST_SHOWN = 200


def issued() -> QuerySet[Notice]:
    return Notice.objects.filter(issued_at__isnull=False).select_related("unit")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    notices = issued().defer("figures", "opening", "problems", "demands").order_by("-issued_at", "-pk")
    page = Paginator(notices, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "supervision/notices.html", {"page": page})


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(issued(), pk=pk)
    tables = [(name, headings, rows[:_MOST_SHOWN], len(rows)) for name, headings, rows in tables_of(found)]
    return render(request, "supervision/notice.html", {"notice": found, "tables": tables})


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(issued(), pk=pk)
    return render(request, "supervision/admin/notice_print.html", {"notice": found, **attachments(found)})


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(issued(), pk=pk)
    return FileResponse(notice_workbook(found), as_attachment=True, filename=f"{found.title}.xlsx", content_type=XLSX)


def attachments(notice: Notice) -> dict[str, Any]:
    """The two long tables as the paper shows them; the workbook has the whole list."""
    figures = notice.figures
    return {
        "figures": figures,
        "ranking": {"headings": ranking_headings(), "rows": rows_of_ranking(figures)},
        "overdue": {"headings": overdue_headings(), "rows": rows_of_overdue(figures)[:_MOST_SHOWN]},
    }
