"""The clerk's form: only own units, only items of their catalogues, files only of the own unit."""

import json
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from catalog.models import Item
from catalog.models.standard import TIER_COLUMNS
from openness.pagecache.topics import changing
from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.roles import roles_of

from .periods import period_label, recent_periods
from .rules import Issue, issues_of
from .rules.issue import FEWEST_SIGNS
from .tags import TagsField

_MOST_UNITS_LISTED = 500


def units_for(user: Any, model_label: str, action: str) -> Any:
    """Units on which the person may do this; every unit in use for a superuser."""
    units = Unit.objects.filter(active=True)
    if user is None or user.is_superuser:
        return units
    return units.filter(roles_of(user).within(roles_for(model_label, action)))


class ItemChoice(forms.ModelChoiceField[Item]):
    def label_from_instance(self, item: Any) -> str:
        return f"{item.field.name} · {item.name}"


class DisclosureForm(WagtailAdminModelForm):
    """`override_reason` and `override_rules` stand in the panel 发布前检查: 仍要交 for the rules that the writer was shown."""

    class Media:
        js = ("js/grid.js", "js/clerk-form.js", "js/keep-writing.js")
        css: ClassVar = {"all": ("css/clerk-form.css",)}

    override_reason = forms.CharField(required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    override_rules = forms.CharField(required=False, widget=forms.HiddenInput)
    tags = TagsField()
    shown: tuple[Issue, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "unit" in self.fields:
            self._limit_units()
        if "item" in self.fields:
            self._limit_items()
        if "period" in self.fields:
            self.fields["period"] = self._period_field()

    def _limit_units(self) -> None:
        action = "change" if self.instance.pk else "add"
        units = units_for(self.for_user, "disclosures.disclosure", action).filter(level__gte=3)
        if self.instance.pk:
            units = units.filter(pk=self.instance.unit_id)
        self.fields["unit"].queryset = units.order_by("path")
        only = list(units[:2])
        if len(only) == 1:
            self.fields["unit"].initial = only[0].pk
            self.fields["unit"].empty_label = None

    def _limit_items(self) -> None:
        units = list(self.fields["unit"].queryset.values_list("code", "level")[:_MOST_UNITS_LISTED]) if "unit" in self.fields else []
        condition = Q(pk=self.instance.item_id)
        for area, level in {(code[:6], level) for code, level in units}:
            condition |= Q(field__standard__area=area, field__standard__status="in_force", **{TIER_COLUMNS[_TIERS[level]]: True})
        self.fields["item"] = ItemChoice(
            queryset=Item.objects.filter(condition).select_related("field").order_by("field__position", "position"),
            label=self.fields["item"].label,
        )

    def _period_field(self) -> forms.ChoiceField:
        """The recent periods by name; an older one that is already there stays."""
        groups: list[Any] = [("", _("没有固定周期"))]
        for cadence, periods in recent_periods(timezone.localdate()).items():
            groups.append((str(_CADENCES[cadence]), [(period.code, period_label(period.code)) for period in periods]))
        if self.instance.period and not any(self.instance.period == code for _name, group in groups[1:] for code, _label in group):
            groups.insert(1, (self.instance.period, period_label(self.instance.period)))
        return forms.ChoiceField(choices=groups, required=False, label=self.fields["period"].label, help_text=_("公开的是哪一期的情况"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if not self.errors and self._publishing():
            self.shown = tuple(issues_of(self._candidate(), correcting=bool(self.instance.first_published_at)))
            for issue in self._refusing():
                # Wagtail shows no plain error beside a StreamField: those of the body stand at the top of the form.
                beside = issue.field in self.fields and issue.field != "body"
                self.add_error(issue.field if beside else None, issue.sentence)
        return data

    def _refusing(self) -> list[Issue]:
        """All that blocks, but for the rules that the writer was shown before and gave a reason to go past. Only review can let them through."""
        asked = {rule for rule in self.cleaned_data.get("override_rules", "").split(",") if rule}
        reason = self.cleaned_data.get("override_reason", "") if self.is_submitting else self._let_through()
        may = len(reason.strip()) >= FEWEST_SIGNS
        left = [issue for issue in self.shown if not (may and issue.overridable and (issue.rule in asked or self.is_approving))]
        self.instance.rules_to_go_past = sorted({issue.rule for issue in self.shown}) if self.is_submitting and not left else []
        return left

    @property
    def is_submitting(self) -> bool:
        return "action-submit" in self.data or "action-restart-workflow" in self.data

    @property
    def is_approving(self) -> bool:
        """A reviewer who mends a word and approves in one go; without this the words would be lost when publishing refuses."""
        return bool(self.data.get("action-workflow-action")) and self.data.get("workflow-action-name") == "approve"

    def _let_through(self) -> str:
        try:
            extra = json.loads(self.data.get("workflow-action-extra-data") or "{}") if self.is_approving else {}
        except ValueError:
            return ""
        return str(extra.get("let_through", "")) if isinstance(extra, dict) else ""

    def _publishing(self) -> bool:
        """A draft may be incomplete; what is sent for review or published may not."""
        return "action-publish" in self.data or self.is_submitting or self.is_approving

    def _candidate(self) -> Any:
        for name, value in self.cleaned_data.items():
            if name in self.fields and name != "tags":
                setattr(self.instance, name, value)
        return self.instance

    def save(self, commit: bool = True) -> Any:
        if self.instance.author_id is None and self.for_user is not None:
            self.instance.author = self.for_user
        with changing(()):  # a new word alone is on no page; the text itself says what it changes
            return super().save(commit)


_CADENCES = {"quarter": gettext_lazy("季度"), "month": gettext_lazy("月"), "half_year": gettext_lazy("半年"), "year": gettext_lazy("年")}
_TIERS = {3: "县级", 4: "乡级", 5: "村级"}
