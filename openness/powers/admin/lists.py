"""清单 in the admin: the lists that one may see, one list with its versions, a sheet on its way in, and licences without a guide."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import require_admin_access

from openness.units.admin.common import (
    at_or_below,
    may_for,
    may_somewhere,
    needs,
    page_of,
    place_asked,
    seen_or_404,
    tells_refusals,
    within,
)
from openness.units.refusal import Refused

from ..models import PowerList, PowerUpload
from ..rules.compare import compare
from ..services import drafts
from ..services.drafts import LABEL
from ..services.read import Read, shown
from ..services.showing import without_guide
from .forms import BeginForm, FileForm
from .words import change_in_words


@require_http_methods(["GET", "HEAD", "POST"])
@needs(LABEL, "view")
def lists(request: HttpRequest) -> HttpResponse:
    """GET lists; POST begins one."""
    may_add = may_somewhere(request.user, LABEL, "add")
    form = BeginForm(request.POST or None, user=request.user) if may_add else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            return redirect("power_list_admin", drafts.begin_list(form.cleaned_data["unit"], form.cleaned_data["kind"], request.user).pk)
    rows = PowerList.objects.filter(within(request.user, LABEL, "view")).select_related("unit").order_by("unit__path", "kind")
    rows = rows.annotate(
        public=Count("versions", filter=Q(versions__published_at__isnull=False)), drafts=Count("versions", filter=Q(versions__number=0))
    )
    return render(request, "powers/admin/lists.html", {"page": page_of(rows, request), "form": form})


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def power_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The versions; POST takes a sheet in, or begins a draft from the version in force."""
    found = seen_or_404(PowerList, request.user, pk)
    may_add, form, faults = may_for(request.user, LABEL, "add", found.unit), FileForm(), Read()
    if request.method == "POST":
        if not may_add:
            raise Http404
        if request.POST.get("act") == "copy":
            return redirect("power_version_admin", drafts.start_from_current(found, request.user).pk)
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            faults, upload = _received(found, form, request.user)
            if upload is not None:
                return redirect("power_upload", upload.pk)
    context = {
        "list": found, "versions": list(found.versions.order_by("-number")), "form": form, "may_add": may_add, "faults": shown(faults.faults),
        "draft": found.versions.filter(number=0).first(),
    }  # fmt: skip
    return render(request, "powers/admin/list.html", context)


def _received(found: PowerList, form: FileForm, user: Any) -> tuple[Read, PowerUpload | None]:
    try:
        return drafts.receive(found, form.cleaned_data["file"], user)
    except Refused as refused:
        form.add_error("file", " ".join(refused.sentences))
        return Read(), None


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What the sheet would change, before anything is written; POST makes it a draft, or forgets it."""
    kept = get_object_or_404(PowerUpload.objects.select_related("power_list__unit"), pk=pk)
    if not may_for(request.user, LABEL, "add", kept.power_list.unit):
        raise Http404
    if request.method == "POST":
        if request.POST.get("act") == "forget":
            list_pk = kept.power_list_id
            kept.delete()
            return redirect("power_list_admin", list_pk)
        draft = drafts.accept(kept, request.user)
        messages.success(request, _("成为草稿了。请写施行日期和文号，再请审核人公布。"))
        return redirect("power_version_admin", draft.pk)
    entries, before = drafts.entries_of(kept), drafts.newest(kept.power_list)
    change = compare(drafts.contents_of(before), entries)
    context = {
        "upload": kept,
        "list": kept.power_list,
        "before": before,
        "n": len(entries),
        "change": change_in_words(change),
        "entries": entries[:20],
    }
    return render(request, "powers/admin/upload.html", context)


@require_safe
@needs(LABEL, "view")
def gaps(request: HttpRequest) -> HttpResponse:
    """Licences in force without a guide."""
    place = place_asked(request)
    lists = PowerList.objects.filter(within(request.user, LABEL, "view") & at_or_below(place))
    return render(request, "powers/admin/gaps.html", {"page": page_of(without_guide(lists), request), "place": place})
