"""工作交接: who leaves, who takes over, what that moves; one button; a log; the way back; units without a clerk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ..grants import roles_for
from ..models import HandOver, Membership, Role, Unit
from ..names import Level
from ..people import name_of
from ..policy import UnitPolicy
from ..refusal import Refused
from ..roles import roles_of
from ..services.hand_over import LABEL, Summary, give_back, hand_over, summarize
from .common import may_somewhere, needs, page_of, tells_refusals
from .delegations import PersonField

_MOST_WITHOUT = 30


class WhoForm(forms.Form):
    leaver = PersonField(queryset=get_user_model().objects.none(), label=gettext_lazy("谁离开"), empty_label=gettext_lazy("请选"))
    taker = PersonField(queryset=get_user_model().objects.none(), label=gettext_lazy("谁接手"), empty_label=gettext_lazy("请选"))
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200, required=False, help_text=gettext_lazy("例如：换届、调走、退休"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = _people(user).exclude(pk=user.pk)
        for name in ("leaver", "taker"):
            field: Any = self.fields[name]
            field.queryset = people


def _people(user: Any) -> Any:
    """Active accounts with a role where the person is an administrator."""
    rows = Membership.objects.filter(unit__active=True)
    if not user.is_superuser:
        rows = rows.filter(roles_of(user).within(roles_for(LABEL, "add"), "unit__"))
    people = get_user_model().objects.filter(pk__in=rows.values("user"), is_active=True, is_superuser=False)
    return people.order_by("username")


@needs(LABEL, "view")
@tells_refusals
def hand_overs(request: HttpRequest) -> HttpResponse:
    """GET with two people shows what would move; POST with the fingerprint of that does it."""
    may_add = may_somewhere(request.user, LABEL, "add")
    form = WhoForm(request.POST or (request.GET if "leaver" in request.GET else None), user=request.user)
    summary = _summary(form) if may_add and form.is_bound and form.is_valid() else None
    if request.method == "POST" and summary is not None:
        hand_over(request.user, summary.leaver, summary.taker, form.cleaned_data["reason"], request.POST.get("seen", ""))
        words = _("{leaver}的工作交给了{taker}，帐号已经关了。")
        messages.success(request, words.format(leaver=name_of(summary.leaver), taker=name_of(summary.taker)))
        return redirect("hand_over")
    rows = UnitPolicy(HandOver).visible(request.user).select_related("unit", "undone_by").order_by("-pk")
    context = {"form": form, "may_add": may_add, "summary": summary, "page": page_of(rows, request), **_without_clerk(request.user)}
    return render(request, "units/admin/hand_over.html", context)


def _summary(form: WhoForm) -> Summary:
    leaver, taker = form.cleaned_data["leaver"], form.cleaned_data["taker"]
    if leaver == taker:
        raise Refused(_("离开的和接手的不能是同一个人。"))
    return summarize(leaver, taker)


def _without_clerk(user: Any) -> dict[str, Any]:
    """Units of one's own that have no active clerk of their own, the first of them, and how many there are."""
    clerks = Membership.objects.filter(role=Role.CLERK, user__is_active=True).values("unit")
    mine = UnitPolicy(HandOver).roles(["view"])
    rows = Unit.objects.filter(active=True, level__gte=Level.TOWNSHIP).exclude(pk__in=clerks)
    if not user.is_superuser:
        rows = rows.filter(roles_of(user).within(mine))
    return {"without": list(rows.order_by("path")[:_MOST_WITHOUT]), "without_number": rows.count()}


@require_POST
@needs(LABEL, "add")
@tells_refusals
def back(request: HttpRequest, pk: int) -> HttpResponse:
    first = UnitPolicy(HandOver).visible(request.user).filter(pk=pk).first()
    if first is None:
        raise Http404
    give_back(request.user, first)
    messages.success(request, _("交回去了，原来的帐号又能用了。"))
    return redirect("hand_over")
