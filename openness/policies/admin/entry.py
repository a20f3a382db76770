"""统一录入: the form of a policy, with its file; whatever is wrong, nothing that was typed or uploaded is lost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from openness.disclosures.forms import units_for
from openness.disclosures.models import Attachment
from openness.units.admin.common import needs, seen_or_404
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.refusal import Refused

from ..forms import PolicyForm, initial_of
from ..models import Policy
from ..services.entry import change, enter
from ..services.files import attachments_of, keep_upload, read_upload
from ..services.rights import POLICY, may

_MOST_FILES = 20


@needs(POLICY, "add")
def new(request: HttpRequest) -> HttpResponse:
    """`unit` is a code; the only unit that the person has is taken without asking."""
    units = list(
        units_for(request.user, POLICY, "add")
        .filter(level__in=(Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE))
        .order_by("depth", "path")[:60]
    )
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    unit = next((one for one in units if one.code == asked), units[0] if units and not asked else None)
    if unit is None:
        raise Http404
    issuer = unit.name if unit.level == Level.COUNTY else unit.short_name
    return _answer(request, unit, None, PolicyForm(request.POST or None, unit=unit, initial={"issuer": issuer, "tier": "county"}), units)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft."""
    policy = seen_or_404(Policy, request.user, pk)
    if not may(request.user, policy, "change"):
        raise PermissionDenied
    return _answer(
        request, policy.unit, policy, PolicyForm(request.POST or None, unit=policy.unit, policy=policy, initial=initial_of(policy.draft))
    )


def _answer(request: HttpRequest, unit: Unit, policy: Policy | None, form: PolicyForm, units: Any = ()) -> HttpResponse:
    files, complaints = _files(request, unit, policy)
    if request.method == "POST":
        complaints += _read_into(request, form)
        if form.is_valid() and not complaints:
            return _stored(request, unit, policy, form, files)
    context = {"form": form, "unit": unit, "units": units, "policy": policy, "files": files, "complaints": complaints}
    return render(request, "policies/admin/entry.html", context)


def _stored(request: HttpRequest, unit: Unit, policy: Policy | None, form: PolicyForm, files: list[Attachment]) -> HttpResponse:
    columns = {**form.columns(), "files": [file.pk for file in files]}
    if policy is None:
        policy = enter(unit, columns, request.user)
        messages.success(request, _("存好了。看一看，再交审核。"))
    else:
        change(policy, columns, request.user)
        messages.success(request, _("存好了。公开的还是原来的，审核以后才换成这一版。") if policy.live else _("存好了。看一看，再交审核。"))
    return redirect("policy_desk", pk=policy.pk)


def _read_into(request: HttpRequest, form: PolicyForm) -> list[str]:
    """The words of the file, where none were typed."""
    upload = request.FILES.get("upload")
    if upload is None or request.POST.get("text", "").strip():
        return []
    try:
        words = read_upload(upload)
    except Refused as refused:
        return list(refused.sentences)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["text"] = words  # type: ignore[index]
    return [] if words else [_("文件里没有读出文字，可能是扫描件。请把正文贴在下面。")]


def _files(request: HttpRequest, unit: Unit, policy: Policy | None) -> tuple[list[Attachment], list[str]]:
    """What the form keeps, then what was uploaded now: that is stored at once, so that a mistake elsewhere does not lose it."""
    if request.method != "POST":
        return attachments_of(policy.draft.files if policy else []), []
    kept = [int(key) for key in request.POST.getlist("kept")[:_MOST_FILES] if key.isascii() and key.isdecimal() and len(key) < 19]
    files = [file for file in attachments_of(kept) if file.unit_id == unit.pk and not file.private]
    complaints: list[str] = []
    for upload in [*request.FILES.getlist("upload"), *request.FILES.getlist("more")][:_MOST_FILES]:
        try:
            files.append(keep_upload(upload, unit, request.user))
        except Refused as refused:
            complaints += refused.sentences
    return files, complaints
