"""批量导入: the list with both ways in, one job with what was found, and the buttons. Without scripts every page works by reloading."""

import tempfile
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from openness.units.admin.common import may_somewhere, needs, page_of, tells_refusals
from openness.units.people import person
from openness.units.refusal import Refused

from ..models import ImportJob, ImportRow, Kind, Phase, RowState
from ..services.advance import advance
from ..services.convert import values_of
from ..services.decide import begin_import, begin_undo, give_up, set_columns, try_again
from ..services.finding import quote
from ..services.peek import first_rows
from ..services.receive import receive
from ..services.rights import LABEL, jobs_seen_by
from ..services.workbooks import write_answer, write_template
from .forms import ColumnsForm, UploadForm
from .progress import progress_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STEP_SECONDS = 5.0
_SHOWN = {
    "bad": (RowState.BAD,), "good": (RowState.GOOD, RowState.DONE), "kept": (RowState.KEPT,), "undone": (RowState.UNDONE,)
}  # fmt: skip


def job_or_404(request: HttpRequest, pk: int) -> ImportJob:
    job = jobs_seen_by(request.user).filter(pk=pk).first()
    if job is None:
        raise Http404
    return job


def own_or_404(request: HttpRequest, pk: int) -> ImportJob:
    """Who only watches presses no button."""
    job = job_or_404(request, pk)
    if job.owner_id != request.user.pk and not request.user.is_superuser:
        raise Http404
    return job


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    may_add = may_somewhere(request.user, LABEL, "add")
    if not may_add and not may_somewhere(request.user, LABEL, "view"):
        raise PermissionDenied
    context = {"may_add": may_add, "page": page_of(jobs_seen_by(request.user), request), "form": UploadForm(), "kinds": Kind}
    return render(request, "imports/admin/imports.html", context)


@require_safe
def template(request: HttpRequest) -> FileResponse:
    if not may_somewhere(request.user, LABEL, "add"):
        raise PermissionDenied
    stream = tempfile.TemporaryFile(prefix="template-")  # noqa: SIM115  (the response closes it)
    write_template(request.user, timezone.localdate(), stream)
    return _download(stream, _("批量导入模板.xlsx"))


@require_POST
@needs(LABEL, "add")
@tells_refusals
def new(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in Kind.values:
        raise Http404
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused(*(str(sentence) for sentences in form.errors.values() for sentence in sentences))
    job = receive(request.user, Kind(kind), form.cleaned_data["file"])
    return redirect("import_job", pk=job.pk)


@require_safe
@never_cache
def job(request: HttpRequest, pk: int) -> HttpResponse:
    row = job_or_404(request, pk)
    own = row.owner_id == request.user.pk or request.user.is_superuser
    form = ColumnsForm(job=row, user=request.user) if own and row.phase == Phase.MAPPING else None
    return _page(request, row, form, own)


def _page(request: HttpRequest, row: ImportJob, form: ColumnsForm | None, own: bool) -> HttpResponse:
    shown = request.GET.get("rows", "")
    shown = shown if shown in _SHOWN else _most_wanted(row)
    rows = ImportRow.objects.filter(job=row, state__in=_SHOWN[shown]).select_related("disclosure__unit").defer("disclosure__body")
    page = page_of(rows.order_by("number"), request)
    for one in page["rows"]:
        one.title = quote(values_of(row, one)["title"])
    context: dict[str, Any] = {
        "job": row, "form": form, "own": own, "shown": shown, "page": page,
        "progress": progress_of(row), "phases": Phase, "samples": _samples(row) if form else [],
    }  # fmt: skip
    return render(request, "imports/admin/job.html", context)


def _most_wanted(row: ImportJob) -> str:
    """The rows that a person has something to do with, before the others."""
    if row.kept or row.undone:
        return "kept" if row.kept else "undone"
    return "bad" if row.bad or not row.good else "good"


def _samples(row: ImportJob) -> list[tuple[str, list[str]]]:
    """Each column with its first cells, so that a person sees what is in it."""
    rows = first_rows(row)
    return [(name, [cells[place][:60] for cells in rows if place < len(cells)]) for place, name in enumerate(row.head)]


@require_POST
@tells_refusals
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(request, pk)
    form = ColumnsForm(request.POST, job=row, user=request.user)
    if not form.is_valid():
        return _page(request, row, form, own=True)
    set_columns(row, form.said)
    return redirect("import_job", pk=pk)


@require_safe
@never_cache
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    return JsonResponse(progress_of(job_or_404(request, pk)))


@require_POST
@tells_refusals
def go(request: HttpRequest, pk: int) -> HttpResponse:
    begin_import(own_or_404(request, pk), request.POST.get("mode", ""))
    return redirect("import_job", pk=pk)


@require_POST
@tells_refusals
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Some seconds of work in this very request, for installations where no worker runs."""
    row = own_or_404(request, pk)
    try_again(row)
    advance(row.pk, _STEP_SECONDS)
    return redirect("import_job", pk=pk)


@require_POST
@tells_refusals
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    begin_undo(own_or_404(request, pk), person(request.user))
    return redirect("import_job", pk=pk)


@require_POST
@tells_refusals
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    give_up(own_or_404(request, pk))
    messages.success(request, _("删掉了，什么也没有导入。"))
    return redirect("imports")


@require_safe
@never_cache
def answer(request: HttpRequest, pk: int) -> FileResponse:
    row = job_or_404(request, pk)
    stream = tempfile.TemporaryFile(prefix="import-")  # noqa: SIM115  (the response closes it)
    write_answer(row, stream)
    return _download(stream, _("要改的行 {n}.xlsx").format(n=row.pk))


def _download(stream: Any, name: str) -> FileResponse:
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=name, content_type=_XLSX)
