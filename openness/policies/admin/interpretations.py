"""解读: writing one for a policy, and its own page with the acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from openness.units.admin.common import seen_or_404
from openness.units.refusal import Refused

from ..forms import InterpretationForm
from ..models import Interpretation, Policy, PublicText
from ..services.entry import change, enter_interpretation, remove_draft
from ..services.publish import publish_interpretation, send, send_back, withdraw
from ..services.rights import may, writers

_FIELDS = ("title", "form", "issuer", "text", "video")
_SAID = {
    "send": gettext_lazy("交上去了，和政策一起公开。"),
    "send_back": gettext_lazy("退回去了，经办人会看到您写的话。"),
    "publish": gettext_lazy("公开了。"),
    "withdraw": gettext_lazy("撤下了，打开的人会看到原因。"),
    "remove": gettext_lazy("草稿删掉了。"),
}


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """For the policy of this number."""
    policy = seen_or_404(Policy, request.user, pk)
    blank = Interpretation(unit=policy.unit)
    if not may(request.user, blank, "add"):
        raise PermissionDenied
    title = _("《{title}》解读").format(title=policy.title)[:200]
    form = InterpretationForm(request.POST or None, initial={"title": title, "issuer": policy.issuer})
    if request.method == "POST" and form.is_valid():
        text = enter_interpretation(policy.unit, form.cleaned_data, [policy], request.user)
        return _saved(request, text)
    return render(request, "policies/admin/interpretation_form.html", {"form": form, "policy": policy})


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    text = seen_or_404(Interpretation, request.user, pk)
    if not may(request.user, text, "change"):
        raise PermissionDenied
    draft = text.draft
    form = InterpretationForm(request.POST or None, initial={name: getattr(draft, name) for name in _FIELDS})
    if request.method == "POST" and form.is_valid():
        change(text, form.cleaned_data, request.user)
        return _saved(request, text)
    return render(request, "policies/admin/interpretation_form.html", {"form": form, "text": text})


def _saved(request: HttpRequest, text: PublicText) -> HttpResponse:
    messages.success(request, _("存好了。看一看，再交审核。"))
    return redirect("interpretation_desk", pk=text.pk)


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    text = seen_or_404(Interpretation, request.user, pk)
    refused: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            act = _act(request, text)
        except Refused as why:
            refused = why.sentences
            text = seen_or_404(Interpretation, request.user, pk)
        else:
            messages.success(request, _SAID[act])
            return redirect("policies_desk") if act == "remove" else redirect("interpretation_desk", pk=pk)
    return render(request, "policies/admin/interpretation.html", _context(request, text, refused))


def _act(request: HttpRequest, text: Interpretation) -> str:
    """Raises: Http404, PermissionDenied, Refused."""
    act, note = request.POST.get("act", ""), request.POST.get("note", "")
    if act not in _SAID:
        raise Http404
    acts: dict[str, Callable[[], Any]] = {
        "send": lambda: send(text, request.user),
        "send_back": lambda: send_back(text, request.user, note),
        "publish": lambda: publish_interpretation(text, request.user),
        "withdraw": lambda: withdraw(text, request.user, note),
        "remove": lambda: remove_draft(text, request.user),
    }
    acts[act]()
    return act


def _context(request: HttpRequest, text: Interpretation, refused: tuple[str, ...]) -> dict[str, Any]:
    user, changing, publishing = request.user, may(request.user, text, "change"), may(request.user, text, "publish")
    return {
        "row": text, "draft": text.draft, "refused": refused, "policies": text.policies.order_by("pk"), "records": text.records.order_by("pk"),
        "may_change": changing, "may_send": changing and text.stage in ("writing", "returned"), "may_publish": publishing and text.stage == "sent",
        "own": user.pk in writers(text) and not user.is_superuser, "may_withdraw": publishing and text.live,
        "may_remove": may(user, text, "delete") and text.first_published_at is None,
    }  # fmt: skip
