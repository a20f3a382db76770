"""督办台 in the admin: the desk of the places that a person's roles cover, the lists behind its numbers, and the page of one cell."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openness.disclosures.models import Receipt
from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.policy import UnitPolicy
from openness.units.roles import roles_of

from ..models import Extension, NilDeclaration, Obligation, Waiver
from ..services.declare import DeclarationRefused, declare_nil, extend, undo_nil, waive
from ..services.desk import STATES
from ..views.asking import Links, cells_page, choice_of, state_of
from ..views.shown import desk_context

POLICY = UnitPolicy(Obligation)
REASONS = ("这一期没有发生", "正在办，还没到公开的时候", "不归本单位办")


def places(user: Any) -> QuerySet[Unit]:
    """The units that a person may look at."""
    units = Unit.objects.filter(active=True)
    return units if user.is_superuser else units.filter(roles_of(user).within(roles_for("supervision.obligation", "view")))


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    today, mine = timezone.localdate(), places(request.user)
    choice = choice_of(request, mine, today)
    context = desk_context(choice, Links("supervision_desk", "supervision_cells", choice), today)
    visible = set(mine.filter(pk__in=[unit.pk for unit, _url in context["above"]]).values_list("pk", flat=True))
    context["above"] = [(unit, url) for unit, url in context["above"] if unit.pk in visible]
    return render(request, "supervision/admin/desk.html", context)


@require_safe
def cells(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    choice = choice_of(request, places(request.user), today)
    links, state = Links("supervision_desk", "supervision_cells", choice), state_of(request)
    page = cells_page(request, choice, today)
    context = {
        "choice": choice, "unit": choice.unit, "words": STATES[state], "page": page, "admin": True,
        "rows": [(cell, cell.words(today)) for cell in page], "back": links.desk(), "here": links.cells(state),
    }  # fmt: skip
    return render(request, "supervision/admin/cells.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(POLICY.visible(request.user).select_related("unit", "item__field", "duty", "disclosure"), pk=pk)
    if request.method == "POST":
        return _act(request, found)
    context = {"cell": found, "today": timezone.localdate(), "words": found.words(timezone.localdate()), "reasons": REASONS}
    return render(request, "supervision/admin/cell.html", context | _evidence(found) | _rights(request.user, found))


def _evidence(found: Obligation) -> dict[str, Any]:
    """Everything that the cell's state follows from."""
    same = {"unit": found.unit, "duty": found.duty, "period": found.period}
    nil = NilDeclaration.objects.filter(**same).order_by("-declared_at")
    return {
        "receipts": Receipt.objects.filter(disclosure=found.disclosure_id).order_by("seq") if found.disclosure_id else [],
        "nil": nil,
        "standing_nil": next((one for one in nil if one.undone_at is None), None),
        "waivers": Waiver.objects.filter(unit=found.unit, duty=found.duty, period__in=("", found.period)).order_by("-approved_at"),
        "extensions": Extension.objects.filter(**same).order_by("-approved_at"),
    }


def _rights(user: Any, found: Obligation) -> dict[str, bool]:
    return {f"may_{action}": POLICY.user_has_permission_for_instance(user, action, found) for action in ("declare", "waive")}


def _act(request: HttpRequest, found: Obligation) -> HttpResponse:
    """One of the forms of the cell's page. A refusal is shown in its own words and changes nothing."""
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    action, do, done = act
    if not POLICY.user_has_permission_for_instance(request.user, action, found):
        raise Http404
    try:
        do(found, request)
    except DeclarationRefused as refused:
        messages.error(request, " ".join(refused.sentences))
    else:
        messages.success(request, done)
    return redirect("supervision_cell", found.pk)


def _declare(found: Obligation, request: HttpRequest) -> None:
    declare_nil(found, request.user, request.POST.get("reason", "")[:300])


def _undo(found: Obligation, request: HttpRequest) -> None:
    standing = _evidence(found)["standing_nil"]
    if standing is None:
        raise DeclarationRefused(_("这份零报告已经撤回了。"))
    undo_nil(standing, request.user)


def _waive(found: Obligation, request: HttpRequest) -> None:
    waive(found.unit, found.duty, found.period, request.user, request.POST.get("reason", "")[:300], _day(request))


def _extend(found: Obligation, request: HttpRequest) -> None:
    extend(found, request.user, request.POST.get("reason", "")[:300], _day(request))


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("day", ""))
    except ValueError as error:
        raise DeclarationRefused(_("日期要写成 2026-10-01 这样。")) from error


_ACTS = {
    "declare": ("declare", _declare, "已申报：本期无此事项。"),
    "undo": ("declare", _undo, "零报告已撤回。"),
    "waive": ("waive", _waive, "已批准不公开，到期会自动恢复。"),
    "extend": ("waive", _extend, "已延期。"),
}
