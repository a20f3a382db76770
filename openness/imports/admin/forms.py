"""Forms of imports: a file, and which column of an old site's export is what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Item
from openness.disclosures.forms import ItemChoice
from openness.units.models import Unit

from ..columns import columns_of
from ..models import ImportJob
from ..services.decide import Columns
from ..services.lookups import unit_label
from ..services.rights import units_of
from ..services.workbooks import items_for

_MOST_LISTED = 500


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("选文件"),
        error_messages={"required": gettext_lazy("请先选一个文件。"), "empty": gettext_lazy("这是空文件，请换一个。")},
    )


class UnitChoice(forms.ModelChoiceField[Unit]):
    def label_from_instance(self, unit: Any) -> str:
        return unit_label(unit)


class UnitByCode(forms.CharField):
    """For those who cover more units than a list can offer."""

    def __init__(self, units: Any, **kwargs: Any) -> None:
        super().__init__(max_length=12, **kwargs)
        self.units = units

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        found = self.units.filter(code=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("没有代码是 {code} 的单位，或者不归您管。").format(code=code))
        return found

    def prepare_value(self, value: Any) -> Any:
        return Unit.objects.filter(pk=value).values_list("code", flat=True).first() if isinstance(value, int) else value


class ColumnsForm(forms.Form):
    """A select for each of our columns with the file's own names, as they were guessed or remembered."""

    def __init__(self, *args: Any, job: ImportJob, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        head = [(str(place), name or _("第 {n} 列").format(n=place + 1)) for place, name in enumerate(job.head)]
        self.ours = columns_of(job.kind)
        for column in self.ours:
            self.fields[column.name] = forms.ChoiceField(
                label=column.label, required=column.required, choices=[("", _("没有这一列")), *head],
                initial=str(job.columns.get(column.name, "")), error_messages={"required": _("请选哪一列是“{name}”。").format(name=column.label)},
            )  # fmt: skip
        self._places(job, user)

    def _places(self, job: ImportJob, user: Any) -> None:
        units = units_of(user)
        listed: Sequence[Unit] = list(units[: _MOST_LISTED + 1])
        words: dict[str, Any] = {"label": _("没写单位的，都放到"), "required": False}
        if len(listed) > _MOST_LISTED:
            self.fields["all_unit"] = UnitByCode(units, help_text=_("12 位区划代码"), initial=job.unit_id, **words)
        else:
            only = listed[0].pk if len(listed) == 1 else None
            self.fields["all_unit"] = UnitChoice(units, initial=job.unit_id or only, empty_label=_("没有选"), **words)
        items = [item.pk for item in items_for(listed)]
        self.fields["all_item"] = ItemChoice(
            Item.objects.filter(pk__in=items).select_related("field").defer("raw").order_by("field__position", "position"),
            label=_("认不出事项的，都归到"), required=False, initial=job.item_id, empty_label=_("没有选"),
            help_text=_("旧网站的栏目名和公开目录里的事项一样的，就归到那一项"),
        )  # fmt: skip

    @property
    def said(self) -> Columns:
        data = self.cleaned_data
        places = {column.name: int(data[column.name]) for column in self.ours if data.get(column.name)}
        return Columns(places, data["all_unit"], data["all_item"])
