"""The page of one cell in the admin: what the law asks, how it stands and why, and what may be said of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from catalog.models.standard import element_list
from catalog.rules.basis import superseded_sentence
from openness.units.admin.common import may_for
from openness.units.policy import UnitPolicy

from ..models import Obligation, State, Urging
from ..rules.steps import ORDER
from ..services.declare import DeclarationRefused, declare_nil, exempt, extend, undo_nil, waive
from ..services.story import story

POLICY = UnitPolicy(Obligation)
REASONS = (gettext_lazy("这一期没有发生"), gettext_lazy("正在办，还没到公开的时候"), gettext_lazy("不归本单位办"))
_REASON_LENGTH = 300


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, pk: int) -> HttpResponse:
    related = ("unit", "town", "item__field__standard", "duty")
    found = get_object_or_404(POLICY.visible(request.user).select_related(*related).defer("item__raw"), pk=pk)
    if request.method == "POST":
        return _act(request, found)
    today = timezone.localdate()
    context = {
        "cell": found, "today": today, "words": found.words(today), "story": story(found, today), "reasons": REASONS,
        "elements": element_list(found.item.elements), "superseded": _superseded(found), **_rights(request.user, found),
        "urgings": Urging.objects.filter(cell=found).order_by("pk"), "orders": found.rectifications.order_by("pk"),
    }  # fmt: skip
    return render(request, "supervision/admin/cell.html", context)


def _superseded(found: Obligation) -> list[str]:
    citations = found.item.citations.select_related("article__version__law", "article__successor__version__law")
    sentences = (superseded_sentence(citation.article) for citation in citations if citation.article)
    return [sentence for sentence in sentences if sentence]


def _rights(user: Any, found: Obligation) -> dict[str, bool]:
    rights = {f"may_{action}": POLICY.user_has_permission_for_instance(user, action, found) for action in ("declare", "waive")}
    late = found.state == State.OPEN and found.due_on < timezone.localdate()
    return {**rights, "may_order": late and may_for(user, ORDER, "add", found.unit)}


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
        for sentence in refused.sentences:
            messages.error(request, sentence)
    else:
        messages.success(request, done)
    return _back(found)


def _back(found: Obligation) -> HttpResponse:
    """An exemption takes blanks away: then the unit's desk is what is left to show."""
    if Obligation.objects.filter(pk=found.pk).exists():
        return redirect("supervision_cell", found.pk)
    return redirect(f"{reverse('supervision_desk')}?place={found.unit.code}")


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")[:_REASON_LENGTH]


def _declare(found: Obligation, request: HttpRequest) -> None:
    declare_nil(found, request.user, _reason(request))


def _undo(found: Obligation, request: HttpRequest) -> None:
    standing = story(found, timezone.localdate()).standing_nil
    if standing is None:
        raise DeclarationRefused(_("这份零报告已经撤回了。"))
    undo_nil(standing, request.user)


def _waive(found: Obligation, request: HttpRequest) -> None:
    waive(found.unit, found.duty, found.period, request.user, _reason(request), _day(request, "day"))


def _extend(found: Obligation, request: HttpRequest) -> None:
    extend(found, request.user, _reason(request), _day(request, "day"))


def _exempt(found: Obligation, request: HttpRequest) -> None:
    until = _day(request, "until") if request.POST.get("until") else None
    since = _day(request, "since")
    if until and until < since:
        raise DeclarationRefused(_("“到哪天”不能早于“从哪天起”。"))
    exempt(found.unit, found.duty, request.user, _reason(request), since, until)


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError as error:
        raise DeclarationRefused(_("日期要写成 2026-10-01 这样。")) from error


# What a form's button says: the right it needs, what it does, the words when it is done.
_ACTS: dict[str, tuple[str, Callable[[Obligation, HttpRequest], None], Any]] = {
    "declare": ("declare", _declare, gettext_lazy("已申报：本期无此事项。")),
    "undo": ("declare", _undo, gettext_lazy("零报告已撤回。")),
    "waive": ("waive", _waive, gettext_lazy("已批准不公开，到期会自动恢复。")),
    "extend": ("waive", _extend, gettext_lazy("已延期。")),
    "exempt": ("waive", _exempt, gettext_lazy("已定为不适用，从那天起到期还没公开的不再算。")),
}
