"""Forms of the review: sending back, and a signature on paper."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.signing_rule import Body

SHEETS = ("jpg", "jpeg", "png", "webp", "heic", "pdf")
_MOST_BYTES = 20 * 1024 * 1024


class ReturnForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("哪里要改"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("退回要写一句话，说清哪里要改。")},
    )


class PaperForm(forms.Form):
    """What stands on the signed sheet; `bodies` are those that may sign this text."""

    names = forms.CharField(
        label=gettext_lazy("签字人姓名"), max_length=200, help_text=gettext_lazy("照签字单上写，几个人用顿号隔开"),
        error_messages={"required": gettext_lazy("请写签字人的姓名。")},
    )  # fmt: skip
    signed_on = forms.DateField(
        label=gettext_lazy("哪天签的"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("请写哪天签的。"), "invalid": gettext_lazy("日期写成 2026-10-12 这样。")},
    )  # fmt: skip
    body = forms.ChoiceField(
        label=gettext_lazy("谁签的"), widget=forms.RadioSelect, required=False,
        error_messages={"invalid_choice": gettext_lazy("请从给出的里面选谁签的。")},
    )  # fmt: skip
    sheet = forms.FileField(
        label=gettext_lazy("签字单照片（可以不传）"), required=False, help_text=gettext_lazy("只给审核人看，不公开"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,.pdf"}),
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body: Any = self.fields["body"]
        body.choices = [(one, Body(one).label) for one in bodies]
        body.initial = bodies[0]
        if len(bodies) == 1:
            body.widget = forms.HiddenInput()
        self.fields["signed_on"].initial = timezone.localdate()

    def clean_body(self) -> str:
        return str(self.cleaned_data["body"] or self.fields["body"].initial)

    def clean_sheet(self) -> Any:
        sheet = self.cleaned_data["sheet"]
        if isinstance(sheet, UploadedFile):
            if str(sheet.name).rpartition(".")[2].lower() not in SHEETS:
                raise forms.ValidationError(_("签字单要传照片（jpg、png、heic）或者 pdf。"))
            if sheet.size and sheet.size > _MOST_BYTES:
                raise forms.ValidationError(_("照片太大了，请传 20 兆以内的。"))
        return sheet
