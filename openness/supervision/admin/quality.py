"""自动检查: what machines found, for a person to confirm or to ignore, and the hooks of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks

from openness.units.admin.common import back, may_for, may_somewhere, needs, page_of, seen_or_404, tells_refusals, within
from openness.units.models import Unit

from ..models import CheckName, Finding, FindingState, Rectification
from ..services.quality import judge_finding

LABEL = "supervision.finding"


@require_safe
@needs(LABEL, "view")
def findings(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", FindingState.OPEN)
    name, code = request.GET.get("check", ""), request.GET.get("unit", "").strip()[:12]
    unit = Unit.objects.filter(code=code).first() if code else None
    rows = _rows(request.user, state, name)
    if code:
        rows = rows.filter(unit__path__startswith=unit.path) if unit else rows.none()
    context = {
        "page": page_of(rows, request), "state": state, "check": name, "unit": code, "states": FindingState.choices,
        "checks": CheckName.choices, "may_judge": may_somewhere(request.user, LABEL, "change"),
    }  # fmt: skip
    return render(request, "supervision/admin/findings.html", context)


def _rows(user: Any, state: str, name: str) -> QuerySet[Finding]:
    ordered = Rectification.objects.filter(finding=OuterRef("pk"))
    rows = Finding.objects.filter(within(user, LABEL, "view")).annotate(has_order=Exists(ordered))
    if state in FindingState:
        rows = rows.filter(state=state)
    if name in CheckName:
        rows = rows.filter(check_name=name)
    return rows.select_related("unit", "disclosure", "source").defer("disclosure__body", "source__body").order_by("-found_at", "-pk")


@require_POST
@tells_refusals
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    row = seen_or_404(Finding, request.user, pk)
    if not may_for(request.user, LABEL, "change", row.unit):
        raise PermissionDenied
    judge_finding(row, request.user, request.POST.get("state", ""), request.POST.get("reason", "")[:200])
    messages.success(request, _("已经记下。"))
    return redirect(back(request, reverse("supervision_findings")))


@hooks.register("register_admin_urls")
def quality_addresses() -> list[Any]:
    return [
        path("supervision/findings/", findings, name="supervision_findings"),
        path("supervision/findings/<int:pk>/", finding, name="supervision_finding"),
    ]
