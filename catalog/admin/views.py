"""Import in the admin: send a file, see every row as understood, then confirm. Nothing is written before that."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from ..models import Item, Standard, Upload
from ..reading import Reading, Refused, read_catalogue
from ..services.confirm import About, ConfirmRefused, confirm_import
from ..services.export import export_standard
from ..services.preview import preview
from .forms import ConfirmForm, UploadForm

_MOST_UNDECIDED = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _may(user: Any, action: str, area: str | None = None) -> bool:
    return bool(user.has_perm(f"catalog.{action}_standard", Standard(area=area) if area else None))


def areas_of(user: Any) -> list[tuple[str, str]]:
    """(code, name) of the counties whose catalogue the person may change: whoever keeps the tree answers this hook."""
    return [area for answer in hooks.get_hooks("catalog_areas_of_user") for area in answer(user)]


def index(request: HttpRequest) -> HttpResponse:
    if not _may(request.user, "view"):
        raise PermissionDenied
    areas = areas_of(request.user)
    standards = [standard for standard in Standard.objects.all() if _may(request.user, "view", standard.area)]
    undecided = Item.objects.in_force().filter(field__standard__in=standards).exclude(problems=[]).select_related("field")[:_MOST_UNDECIDED]
    return render(request, "catalog/admin/index.html", {"standards": standards, "undecided": undecided, "may_import": bool(areas)})


def upload(request: HttpRequest) -> HttpResponse:
    areas = areas_of(request.user)
    if not areas:
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None, areas=areas)
    if request.method == "POST" and form.is_valid():
        return _receive(request, form)
    return render(request, "catalog/admin/upload.html", {"form": form})


def _receive(request: HttpRequest, form: UploadForm) -> HttpResponse:
    """Keep the file only if it can be read at all."""
    sent = form.cleaned_data["file"]
    kept = form.save(commit=False)
    kept.name, kept.uploaded_by = sent.name[:200], request.user.get_username()
    kept.save()
    try:
        _read(kept)
    except Refused as refused:
        kept.file.delete(save=False)
        kept.delete()
        form.add_error("file", str(refused))
        return render(request, "catalog/admin/upload.html", {"form": form})
    return redirect("catalog_preview", pk=kept.pk)


def _read(kept: Upload) -> Reading:
    return read_catalogue(Path(kept.file.path), kept.name)


def preview_upload(request: HttpRequest, pk: int) -> HttpResponse:
    kept = _upload_for(request, pk)
    shown = preview(_read(kept), kept.area, kept.series, timezone.localdate())
    form = ConfirmForm(request.POST or None, initial=_initial(shown.current, kept))
    if request.method == "POST" and form.is_valid():
        try:
            standard = confirm_import(shown, About(area=kept.area, series=kept.series, by=request.user.get_username(), **form.cleaned_data))
        except ConfirmRefused as refused:
            form.add_error(None, str(refused))
        else:
            kept.delete()
            messages.success(request, _("已导入：{standard}，共 {n} 项。").format(standard=standard, n=len(shown.rows)))
            return HttpResponseRedirect(reverse("catalog_index"))
    return render(request, "catalog/admin/preview.html", {"upload": kept, "preview": shown, "form": form})


def _upload_for(request: HttpRequest, pk: int) -> Upload:
    kept = get_object_or_404(Upload, pk=pk)
    if not _may(request.user, "change", kept.area):
        raise Http404
    return kept


def _initial(current: Standard | None, kept: Upload) -> dict[str, Any]:
    if current is None:
        return {"name": kept.series}
    return {"name": current.name, "issuer": current.issuer, "adapted": current.adapted, "source": current.source}


def export(request: HttpRequest, pk: int) -> HttpResponse:
    standard = get_object_or_404(Standard, pk=pk)
    if not _may(request.user, "view", standard.area):
        raise Http404
    response = HttpResponse(content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="catalogue-{standard.area}-v{standard.version}.xlsx"'
    export_standard(standard, response)
    return response
