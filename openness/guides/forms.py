"""The clerk's form: only own units; what the rules refuse stands beside the field, and no word is lost."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from openness.disclosures.forms import units_for
from openness.units.names import Level

LABEL = "guides.serviceguide"


class GuideForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "unit" in self.fields:
            self._limit_units()
        for name in ("basis", "conditions"):
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = 4

    def _limit_units(self) -> None:
        units = units_for(self.for_user, LABEL, "change" if self.instance.pk else "add").filter(level__gte=Level.COUNTY)
        if self.instance.pk:
            units = units.filter(pk=self.instance.unit_id)
        self.fields["unit"].queryset = units.order_by("path")
        only = list(units[:2])
        if len(only) == 1:
            self.fields["unit"].initial = only[0].pk
            self.fields["unit"].empty_label = None

    def clean(self) -> dict[str, Any]:
        """A draft may be incomplete; what is published may not."""
        data: dict[str, Any] = super().clean()
        if not self.errors and "action-publish" in self.data:
            self._refuse()
        return data

    def _refuse(self) -> None:
        from .services.check import issues_of
        from .services.publish import own_work

        for name, value in self.cleaned_data.items():
            if name in self.fields:
                setattr(self.instance, name, value)
        if own_work(self.instance, self.for_user):
            self.add_error(None, _("自己写的不能自己公开，请别的审核人来看。"))
        for issue in issues_of(self.instance):
            if issue.blocks:
                # Wagtail shows no plain error beside a StreamField: those of the rows stand at the top of the form.
                beside = issue.field in self.fields and issue.field not in ("materials", "steps", "questions")
                self.add_error(issue.field if beside else None, issue.sentence)

    def save(self, commit: bool = True) -> Any:
        if self.instance.author_id is None and self.for_user is not None:
            self.instance.author = self.for_user
        return super().save(commit)
