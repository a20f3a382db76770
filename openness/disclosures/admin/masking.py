"""帮我遮住 by itself, and 遮住前的原文: for reviewers and administrators of the unit; each look leaves a row; 还原 until published."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from openness.units.policy import UnitPolicy

from ..models import Disclosure, MaskedOriginal
from ..services.masking import Masked, MaskingRefused, can_restore, look_at, mask_draft, restore
from ..services.texts import content_of
from ..spots import spots

_EDIT = "wagtailsnippets_disclosures_disclosure:edit"
_POLICY = UnitPolicy(MaskedOriginal)


def _original(request: HttpRequest, pk: int) -> MaskedOriginal:
    """For everybody else it does not exist."""
    rows = _POLICY.visible(request.user).filter(is_main=True).select_related("disclosure__latest_revision", "unit")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the words are shown, it is said that looking is written down."""
    row = _original(request, pk)
    context: dict[str, Any] = {"original": row, "disclosure": row.disclosure, "can_restore": can_restore(row)}
    if request.method == "POST":
        context["pairs"] = _pairs(look_at(row, request.user), row)
    context["looks"] = row.looks.all()[:50]
    return render(request, "disclosures/admin/check_original.html", context)


def _pairs(before: Any, row: MaskedOriginal) -> list[tuple[str, str, str]]:
    """(place, as it was, as it is now) of what is different."""
    latest = row.disclosure.get_latest_revision_as_object()
    now = {(spot.label, number): spot.words.raw for number, spot in enumerate(spots(content_of(latest)))}
    pairs = ((spot.label, spot.words.raw, now.get((spot.label, number), "")) for number, spot in enumerate(spots(before)))
    return [(label, was, here) for label, was, here in pairs if was != here]


@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = _original(request, pk)
    try:
        restore(row, request.user)
    except MaskingRefused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return redirect(reverse("masked_original", args=[pk]))
    messages.success(request, _("已还原成遮住以前的样子。"))
    return redirect(reverse(_EDIT, args=[row.disclosure_id]))


@require_POST
def mask(request: HttpRequest, pk: int) -> HttpResponse:
    """帮我遮住 of what was saved last: for pages without the form, and for browsers without scripts."""
    policy = policy_registry.get_by_type(Disclosure)
    row = policy.visible(request.user).select_related("latest_revision").filter(pk=pk).first()
    if row is None:
        raise Http404
    lock = row.get_lock()
    if not policy.user_has_permission_for_instance(request.user, "change", row) or (lock and lock.for_user(request.user)):
        raise PermissionDenied
    tell_masked(request, mask_draft(row, request.user))
    return redirect(reverse(_EDIT, args=[pk]))


def tell_masked(request: HttpRequest, masked: Masked) -> None:
    if masked.number:
        messages.success(request, _("遮住了 {n} 处，请再看一遍。原文只有审核人和管理员看得到。").format(n=masked.number))
    else:
        messages.warning(request, _("文字和表格里没有可以遮的号码了。"))


URLS = [
    path("disclosures/<int:pk>/mask/", mask, name="mask_draft"),
    path("originals/<int:pk>/", original, name="masked_original"),
    path("originals/<int:pk>/restore/", put_back, name="restore_original"),
]
