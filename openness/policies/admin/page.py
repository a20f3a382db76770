"""One policy: what is to be done, and the acts that are one's own."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from openness.units.admin.common import may_for, seen_or_404
from openness.units.refusal import Refused

from ..models import Card, Policy, Stage
from ..rules.articles import parse
from ..rules.card import PLACES, faults
from ..services.card import check_card, is_checked, write_card
from ..services.duplicates import duplicates
from ..services.entry import found_different, new_version_of, remove_draft
from ..services.needs import needs_interpretation, ready_with
from ..services.publish import Without, publish, send, send_back, withdraw
from ..services.repeal import repeal
from ..services.rights import CARD, INTERPRETATION, may, writers
from ..views.texts import policy_context

_SAID = {
    "send": gettext_lazy("交上去了，等审核。"),
    "send_back": gettext_lazy("退回去了，经办人会看到您写的话。"),
    "publish": gettext_lazy("公开了。"),
    "withdraw": gettext_lazy("撤下了，打开的人会看到原因。"),
    "repeal": gettext_lazy("标明废止了。"),
    "new_version": gettext_lazy("记下了：公开这一份的时候，原来那一份会标明废止。"),
    "different": gettext_lazy("记下了：不是同一份。"),
    "remove": gettext_lazy("草稿删掉了。"),
    "write": gettext_lazy("要点存好了，请别的人来核对。"),
    "check": gettext_lazy("核对好了，群众看得到要点了。"),
}
Act = Callable[[HttpRequest, Policy], Any]


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return parse_date(request.POST.get(name, ""))
    except ValueError:
        return None


def _other(request: HttpRequest, policy: Policy) -> Policy:
    """One of those that were found to be like it. Raises: Http404."""
    found = next((one.policy for one in duplicates(policy, policy.draft) if str(one.policy.pk) == request.POST.get("other")), None)
    if found is None:
        raise Http404
    return found


_ACTS: dict[str, Act] = {
    "send": lambda request, policy: send(policy, request.user),
    "send_back": lambda request, policy: send_back(policy, request.user, request.POST.get("note", "")),
    "publish": lambda request, policy: publish(policy, request.user, Without(request.POST.get("reason", ""), _day(request, "promised"))),
    "withdraw": lambda request, policy: withdraw(policy, request.user, request.POST.get("note", "")),
    "repeal": lambda request, policy: repeal(policy, request.user, _day(request, "on"), request.POST.get("note", "")),
    "new_version": lambda request, policy: new_version_of(policy, _other(request, policy), request.user),
    "different": lambda request, policy: found_different(policy, _other(request, policy), request.user),
    "remove": lambda request, policy: remove_draft(policy, request.user),
}


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows; POST takes one act. What a refusal says stands above the words, which stay."""
    policy = seen_or_404(Policy, request.user, pk, "repealed_by", "card")
    refused: tuple[str, ...] = ()
    if request.method == "POST":
        refused = _taken(request, policy, _ACTS)
        if not refused:
            return redirect("policies_desk") if request.POST["act"] == "remove" else redirect("policy_desk", pk=pk)
        policy = seen_or_404(Policy, request.user, pk, "repealed_by", "card")
    return render(request, "policies/admin/policy.html", _context(request, policy, refused))


def _taken(request: HttpRequest, policy: Policy, acts: dict[str, Act]) -> tuple[str, ...]:
    """What a rule says against it; empty where it was done."""
    act = request.POST.get("act", "")
    if act not in acts:
        raise Http404
    try:
        acts[act](request, policy)
    except Refused as why:
        return why.sentences
    messages.success(request, _SAID[act])
    return ()


def _context(request: HttpRequest, policy: Policy, refused: tuple[str, ...]) -> dict[str, Any]:
    user, draft = request.user, policy.draft
    changing, publishing = may(user, policy, "change"), may(user, policy, "publish")
    sent = policy.stage == Stage.SENT
    together = list(ready_with(policy))
    return {
        **policy_context(draft), "draft": draft, "row": policy, "refused": refused, "written": request.POST if refused else {}, "may_change": changing,
        "may_send": changing and policy.stage in (Stage.WRITING, Stage.RETURNED), "may_publish": publishing and sent,
        "own": user.pk in writers(policy) and not user.is_superuser, "may_withdraw": publishing and policy.live,
        "may_remove": may(user, policy, "delete") and policy.first_published_at is None, "duplicates": duplicates(policy, draft) if changing else [],
        "together": together, "interpretation_missing": needs_interpretation(draft) and not together and not policy.interpretations.filter(live=True).exists(),
        "interpretations": policy.interpretations.order_by("pk"), "records": policy.records.order_by("pk"), "card": getattr(policy, "card", None),
        "card_checked": is_checked(policy, getattr(policy, "card", None)), "may_card": may_for(user, CARD, "change", policy.unit),
        "may_interpret": may_for(user, INTERPRETATION, "add", policy.unit),
    }  # fmt: skip


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """政策要点: seven lines and the clause of each; then another person checks them against the text."""
    policy = seen_or_404(Policy, request.user, pk, "card")
    if not may_for(request.user, CARD, "change", policy.unit):
        raise PermissionDenied
    refused: tuple[str, ...] = ()
    if request.method == "POST":
        refused = _taken(request, policy, {"write": _write, "check": _check})
        if not refused:
            return redirect("policy_card", pk=pk)
    return render(request, "policies/admin/card.html", _card_context(request, policy, refused))


def _lines(request: HttpRequest) -> dict[str, dict[str, str]]:
    return {place: {"text": request.POST.get(place, ""), "anchor": request.POST.get(f"{place}_from", "")} for place, _label in PLACES}


def _write(request: HttpRequest, policy: Policy) -> None:
    write_card(policy, _lines(request), request.user)


def _check(request: HttpRequest, policy: Policy) -> None:
    check_card(policy, request.POST.get("office", ""), request.user)


def _card_context(request: HttpRequest, policy: Policy, refused: tuple[str, ...]) -> dict[str, Any]:
    known = Card.objects.filter(policy=policy).first()
    lines, parts = (known.lines if known else {}), parse(policy.text)
    said = _lines(request) if refused and request.POST.get("act") == "write" else lines
    return {
        "row": policy, "parts": parts, "card": known, "refused": refused, "checked": is_checked(policy, known), "faults": faults(lines, parts) if known else [],
        "lines": [(place, label, said.get(place, {}).get("text", ""), said.get(place, {}).get("anchor", "")) for place, label in PLACES],
        "own": known is not None and known.writer_id == request.user.pk, "office": request.POST.get("office", policy.issuer),
    }  # fmt: skip
