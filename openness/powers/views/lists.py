"""Which lists there are; one list in one of its versions, to be read, searched, printed and taken away."""

from io import BytesIO
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openness.pagecache.keeping import keep
from openness.pagecache.topics import ANY, of_place
from openness.units.names import Level

from ..models import ListVersion, Matter, PowerEntry, PowerList
from ..services import showing
from ..services.export import csv_lines, write_xlsx

_PER_PAGE = 100
_LONGEST = 60
_NEWEST = 5
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    lists = showing.lists_in_force(timezone.localdate())
    return keep(render(request, "powers/index.html", {"lists": lists, "newest": showing.adjustments()[:_NEWEST]}), ANY)


@require_safe
def power_list(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """`q` words, `matter` a kind; whatever else they say counts for nothing. Without `number` the version in force."""
    found, version, current, versions = _version(pk, number)
    asked = _asked(request)
    page = Paginator(showing.entries_asked(version, asked["matter"], asked["q"]), _PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        **asked, "list": found, "unit": found.unit, "version": version, "current": current, "versions": versions, "page": page,
        "groups": _groups(page), "kinds": showing.kinds_of(version), "query": kept.urlencode(), "above": _above(found),
    }  # fmt: skip
    response = render(request, "powers/list.html", context)
    return response if asked["q"] else keep(response, of_place(found.unit.path))


def _version(pk: int, number: int | None) -> tuple[PowerList, ListVersion, ListVersion | None, list[ListVersion]]:
    """The list, the version asked for, the one in force, and all public ones. 404 where there is none."""
    found = get_object_or_404(PowerList.objects.select_related("unit"), pk=pk)
    versions, today = showing.public_versions(found), timezone.localdate()
    current = next((one for one in versions if one.in_force_from and one.in_force_from <= today), None)
    version = next((one for one in versions if one.number == number), None) if number else current or (versions[0] if versions else None)
    if version is None:
        raise Http404
    return found, version, current, versions


def _asked(request: HttpRequest) -> dict[str, Any]:
    matter = request.GET.get("matter", "")
    words = " ".join(request.GET.get("q", "").split())[:_LONGEST]
    return {"matter": matter if matter in Matter else "", "q": words}


def _groups(page: "Page[PowerEntry]") -> list[tuple[str, list[PowerEntry]]]:
    """Runs of one kind, in the order of the list."""
    return [(str(Matter(matter).label), list(rows)) for matter, rows in groupby(page, key=lambda entry: entry.matter)]


def _above(found: PowerList) -> Any:
    return found.unit.get_ancestors().filter(level__gte=Level.COUNTY)


@require_safe
def sheet(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponseBase:
    """The whole version as .csv or .xlsx."""
    found, version, _current, _versions = _version(pk, number or -1)
    entries = [entry.content for entry in version.entries.order_by("position")]
    name = f"powers-{found.unit.code}-{found.kind}-v{version.number}"
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(csv_lines(entries), content_type="text/csv; charset=utf-8")
    elif kind == "xlsx":
        stream = BytesIO()
        write_xlsx(entries, found.get_kind_display(), stream)
        response = HttpResponse(stream.getvalue(), content_type=_XLSX)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
