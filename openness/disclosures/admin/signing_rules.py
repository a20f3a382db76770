"""谁来签字: who signs for what in a county, by which law, since when, and what was before. Administrators add a line; everybody reads."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access

from catalog.models import Item
from openness.units.admin.common import counties_of, may_for, tells_refusals
from openness.units.models import Unit
from openness.units.people import person

from ..models.signing_rule import Body, UnitKind
from ..services.signing_rules import LABEL, NewRule, add_rule, adopt_defaults, fields_of, lines_of

_NOBODY = ("", gettext_lazy("不用签字"))


class RuleForm(forms.Form):
    """`scope` is empty for everything, f:NAME for a field, i:KEY for one item."""

    kind = forms.ChoiceField(label=gettext_lazy("哪类单位"), choices=UnitKind.choices)
    scope = forms.ChoiceField(label=gettext_lazy("哪些事项"), required=False)
    body = forms.ChoiceField(label=gettext_lazy("谁签字"), choices=[_NOBODY, *Body.choices], required=False)
    other_body = forms.ChoiceField(
        label=gettext_lazy("也可以由谁签"), choices=[("", gettext_lazy("没有别的")), *Body.choices], required=False
    )
    names_public = forms.BooleanField(label=gettext_lazy("在网上公开签字人姓名"), required=False)
    source = forms.CharField(
        label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("哪个文件、哪一条"),
        error_messages={"required": gettext_lazy("请写依据：哪个文件、哪一条。")},
    )  # fmt: skip
    since = forms.DateField(
        label=gettext_lazy("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("请写从哪天起。"), "invalid": gettext_lazy("日期写成 2026-10-12 这样。")},
    )  # fmt: skip

    def __init__(self, *args: Any, county: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope: Any = self.fields["scope"]
        scope.choices = [
            ("", _("全部事项")),
            (_("整个领域"), [(f"f:{name}", name) for name in fields_of(county)]),
            (_("单个事项"), _items(county)),
        ]
        self.fields["since"].initial = timezone.localdate()

    @property
    def rule(self) -> NewRule:
        data = dict(self.cleaned_data)
        kind, _colon, name = data.pop("scope").partition(":")
        return NewRule(**data, **{"f": {"field": name}, "i": {"item_key": name}}.get(kind, {}))


def _items(county: Unit) -> list[tuple[str, str]]:
    rows = Item.objects.in_force().filter(field__standard__area=county.code).select_related("field").order_by("field__position", "position")
    names = ("key", "level1", "level2", "level3", "field__name")
    return [(f"i:{item.key}", f"{item.field.name} · {item.name}") for item in rows.only(*names)]


@require_admin_access
@tells_refusals
def signing_rules(request: HttpRequest) -> HttpResponse:
    counties = counties_of(request.user)
    wanted = request.GET.get("county", "")
    county = next((one for one in counties if one.code == wanted or not wanted), None)
    if county is None:
        raise Http404
    may_add = may_for(request.user, LABEL, "add", county)
    if request.method == "POST":
        if not may_add:
            raise PermissionDenied
        return _post(request, county, counties)
    return _page(request, county, counties, RuleForm(county=county) if may_add else None)


def _post(request: HttpRequest, county: Unit, counties: list[Unit]) -> HttpResponse:
    here = f"{reverse('signing_rules')}?county={county.code}"
    if "defaults" in request.POST:
        adopt_defaults(county, timezone.localdate(), person(request.user))
        messages.success(request, _("照法律的要求定好了，可以再改。"))
        return redirect(here)
    form = RuleForm(request.POST, county=county)
    if not form.is_valid():
        return _page(request, county, counties, form)
    made = add_rule(county, request.user, form.rule)
    messages.success(request, _("定好了：{rule}，从{day}起。").format(rule=made, day=made.since.isoformat()))
    return redirect(here)


def _page(request: HttpRequest, county: Unit, counties: list[Unit], form: RuleForm | None) -> HttpResponse:
    context = {"county": county, "counties": counties, "lines": lines_of(county, timezone.localdate()), "form": form}
    return render(request, "disclosures/admin/signing_rules.html", context)
