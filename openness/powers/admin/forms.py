"""What staff fill in about lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.units.admin.common import within
from openness.units.models import Unit
from openness.units.names import Level

from ..columns import COLUMNS
from ..models import Kind, ListVersion, Matter, PowerEntry
from ..rules.content import Content
from ..services.drafts import LABEL

_MOST_UNITS = 300


class BeginForm(forms.Form):
    """Whose list, and which."""

    unit = forms.ChoiceField(label=gettext_lazy("哪个单位的清单"))
    kind = forms.ChoiceField(label=gettext_lazy("哪一种清单"), choices=Kind.choices)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Unit.objects.filter(within(user, LABEL, "add", ""), active=True, level__gte=Level.COUNTY).order_by("depth", "path")
        self.units = {unit.code: unit for unit in mine[:_MOST_UNITS]}
        self.fields["unit"].choices = [(code, str(unit)) for code, unit in self.units.items()]  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("清单文件"), help_text=gettext_lazy("xlsx 或者 csv；第一行是列名：编码、名称、类型、依据、实施主体……"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}), error_messages={"required": gettext_lazy("请选一个文件。")},
    )  # fmt: skip


class DescribeForm(forms.ModelForm[ListVersion]):
    class Meta:
        model = ListVersion
        fields = ("in_force_from", "document_number", "basis")
        widgets = {"in_force_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class EntryForm(forms.Form):
    """One field a column of the list, in its order."""

    def __init__(self, *args: Any, entry: PowerEntry | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = entry.content.as_dict() if entry else {}
        for column in COLUMNS:
            if column.name == "matter":
                self.fields["matter"] = forms.ChoiceField(label=column.label, choices=Matter.choices)
                continue
            widget = forms.Textarea(attrs={"rows": 3}) if column.most > 400 else forms.TextInput()
            self.fields[column.name] = forms.CharField(
                label=column.label, max_length=column.most, required=column.required, widget=widget,
                error_messages={"required": _("没有写{column}。").format(column=column.label)},
            )  # fmt: skip

    def content(self) -> Content:
        return Content.from_dict(self.cleaned_data)
