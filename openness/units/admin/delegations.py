"""请人代办: everybody for the own work; administrators for anybody of the county."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from ..grants import roles_for
from ..models import Delegation, Membership, Unit
from ..names import Level
from ..people import name_of, working_below
from ..roles import roles_of
from ..services.delegate import LABEL, Leave, delegate, end_delegation, seen_by
from .common import may_somewhere, page_of, tells_refusals


class PersonField(forms.ModelChoiceField[Any]):
    def label_from_instance(self, user: Any) -> str:
        return f"{name_of(user)}（{user.get_username()}）"


class RoleField(forms.ModelChoiceField[Membership]):
    """A role that somebody has, with its unit."""

    def label_from_instance(self, row: Any) -> str:
        return f"{name_of(row.user)}：{row.unit} · {row.get_role_display()}" if self.named else f"{row.unit} · {row.get_role_display()}"

    named = False


def _day(label: Any) -> forms.DateField:
    wrong = {"required": gettext_lazy("请写日期。"), "invalid": gettext_lazy("日期写成 2026-10-12 这样。")}
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=wrong)


class LeaveForm(forms.Form):
    membership = RoleField(queryset=Membership.objects.none(), label=gettext_lazy("哪项工作"), empty_label=gettext_lazy("请选"))
    taker = PersonField(queryset=get_user_model().objects.none(), label=gettext_lazy("请谁代办"), empty_label=gettext_lazy("请选"))
    since = _day(gettext_lazy("从哪天起"))
    until = _day(gettext_lazy("到哪天为止"))
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200, help_text=gettext_lazy("例如：出差、休假、培训"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["membership"]
        role.queryset, role.named = _may_give(user), may_somewhere(user, LABEL, "change")
        taker: Any = self.fields["taker"]
        taker.queryset = _colleagues(user)
        self.fields["since"].initial = self.fields["until"].initial = timezone.localdate()

    @property
    def leave(self) -> Leave:
        data = self.cleaned_data
        row = data["membership"]
        return Leave(row.user, data["taker"], row.role, row.unit, data["since"], data["until"], data["reason"])


def _may_give(user: Any) -> QuerySet[Membership]:
    """The own roles that may be handed on; an administrator's people's too."""
    rows = Membership.objects.filter(unit__active=True, user__is_active=True, role__in=roles_for(LABEL, "add"))
    if not user.is_superuser:
        wide = roles_of(user).within(roles_for(LABEL, "change"), "unit__")
        rows = rows.filter(wide) | rows.filter(user=user)
    return rows.select_related("user", "unit").order_by("unit__path", "role")


def _colleagues(user: Any) -> Any:
    """People of the counties in which the person works."""
    length = Unit.steplen * Level.COUNTY
    paths = {path[:length] for rows in roles_of(user).paths.values() for path in rows} or ({""} if user.is_superuser else set())
    people = get_user_model().objects.none()
    for path in paths:
        people = people | working_below(path)
    return people.exclude(pk=user.pk).order_by("username")


@require_admin_access
@tells_refusals
def delegations(request: HttpRequest) -> HttpResponse:
    """What runs and what will, what is over, and a form for a new one."""
    may_add = may_somewhere(request.user, LABEL, "add")
    form = LeaveForm(request.POST or None, user=request.user)
    if request.method == "POST":
        if not may_add:
            raise PermissionDenied
        if form.is_valid():
            made = delegate(request.user, form.leave)
            messages.success(
                request, _("办好了：{since}到{until}由{name}代办。").format(since=made.since, until=made.until, name=name_of(made.taker))
            )
            return redirect("delegations")
    rows = Delegation.objects.filter(seen_by(request.user)).select_related("giver", "taker", "unit").order_by("-until", "-pk")
    context = {"form": form, "may_add": may_add, "page": page_of(rows, request), "today": timezone.localdate()}
    return render(request, "units/admin/delegations.html", context)


@require_admin_access
@require_POST
@tells_refusals
def end(request: HttpRequest, pk: int) -> HttpResponse:
    row = Delegation.objects.filter(seen_by(request.user), pk=pk).select_related("giver", "taker", "unit").first()
    if row is None:
        raise Http404
    end_delegation(row, request.user)
    messages.success(request, _("这项代办结束了。"))
    return redirect("delegations")
