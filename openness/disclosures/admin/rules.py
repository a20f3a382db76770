"""发布规则 in the admin: every rule with its level, its reason, who set it and when; how to set another; what was let through."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from openness.units.admin.common import counties_of, may_somewhere
from openness.units.models import Unit
from openness.units.policy import UnitPolicy

from ..models import RuleOverride, RuleSetting
from ..rules.all import BY_CODE, RULES
from ..rules.level import Level
from ..rules.rule import Rule
from ..services.rule_settings import LABEL, Levels, SettingRefused, Wish, may_set, set_level

SITE = ""
_ROWS = 50


class SettingForm(forms.Form):
    """Only levels from the floor up are offered; a tampered one is refused by the service."""

    level = forms.ChoiceField(label=gettext_lazy("程度"), choices=Level.choices)
    reason = forms.CharField(label=gettext_lazy("为什么这样定"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    effective_from = forms.DateField(label=gettext_lazy("从哪天起"), widget=AdminDateInput)

    def __init__(self, rule: Rule, now: Level, data: Any = None) -> None:
        super().__init__(data, initial={"level": now, "effective_from": timezone.localdate()})
        field: Any = self.fields["level"]
        if data is None:
            field.choices = [(level.value, level.label) for level in Level if level.rank >= rule.floor.rank]

    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(data["level"], data["reason"], data["effective_from"])


@dataclass(frozen=True)
class Row:
    """A rule as the screen shows it. `own`: the county set it itself."""

    rule: Rule
    level: Level
    setting: RuleSetting | None

    @property
    def own(self) -> bool:
        return self.setting is not None and self.setting.unit_id is not None


def _place(request: HttpRequest) -> tuple[Unit | None, list[Unit]]:
    """The county of the address (None: the whole site), among those of the person."""
    if not may_somewhere(request.user, LABEL, "view"):
        raise PermissionDenied
    counties = counties_of(request.user)
    code = request.GET.get("area", counties[0].code if len(counties) == 1 else SITE)
    if code == SITE:
        return None, counties
    for county in counties:
        if county.code == code:
            return county, counties
    raise Http404


def rows_for(county: Unit | None) -> Iterator[Row]:
    levels = Levels([county] if county else [], timezone.localdate())
    return (Row(rule, levels.of(rule, county), levels.setting(rule, county)) for rule in RULES)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    county, counties = _place(request)
    context = {
        "rows": list(rows_for(county)), "county": county, "counties": counties, "may_change": may_set(request.user, county),
        "sees_overrides": _sees_overrides(request.user),
    }  # fmt: skip
    return render(request, "disclosures/admin/check_rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it says and why, how it was set before, and a form for who may set it."""
    county, _counties = _place(request)
    rule = BY_CODE.get(code)
    if rule is None:
        raise Http404
    levels = Levels([county] if county else [], timezone.localdate())
    may = may_set(request.user, county)
    form = SettingForm(rule, levels.of(rule, county), request.POST or None) if may and rule.floor is not Level.BLOCK else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _set(request, form, rule, county):
            return redirect(f"{reverse('publishing_rules')}?area={county.code if county else SITE}")
    places = Q(unit=None) | Q(unit=county) if county else Q(unit=None)
    history = RuleSetting.objects.filter(places, rule=code)
    context = {
        "rule": rule, "row": Row(rule, levels.of(rule, county), levels.setting(rule, county)), "county": county, "form": form,
        "history": history.select_related("unit").order_by("-effective_from", "-pk")[:_ROWS], "may_change": may,
    }  # fmt: skip
    return render(request, "disclosures/admin/check_rule.html", context)


def _set(request: HttpRequest, form: SettingForm, rule: Rule, county: Unit | None) -> bool:
    try:
        row = set_level(rule, county, form.wish(), request.user)
    except SettingRefused as refused:
        for sentence in refused.sentences:
            form.add_error(None, sentence)
        return False
    words = _("“{rule}”从 {day} 起是“{level}”。")
    messages.success(request, words.format(rule=rule.name, day=row.effective_from.isoformat(), level=row.get_level_display()))
    return True


def _sees_overrides(user: Any) -> bool:
    return may_somewhere(user, "disclosures.ruleoverride", "view")


@require_safe
def overrides(request: HttpRequest) -> HttpResponse:
    if not _sees_overrides(request.user):
        raise PermissionDenied
    rows: QuerySet[RuleOverride] = UnitPolicy(RuleOverride).visible(request.user).select_related("unit", "disclosure")
    page = Paginator(rows.defer("disclosure__body").order_by("-at", "-pk"), _ROWS).get_page(request.GET.get("page"))
    names = {rule.code: rule.name for rule in RULES}
    context = {"page": page, "rows": [(row, names.get(row.rule, row.rule)) for row in page]}
    return render(request, "disclosures/admin/check_overrides.html", context)


URLS = [
    path("publishing-rules/", index, name="publishing_rules"),
    path("publishing-rules/overrides/", overrides, name="rule_overrides"),
    path("publishing-rules/<slug:code>/", change, name="publishing_rule"),
]
