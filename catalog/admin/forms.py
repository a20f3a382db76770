from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Standard, Upload

SERIES = "基层政务公开标准目录"


class UploadForm(forms.ModelForm[Upload]):
    """The file and whose catalogue it is. `areas` are the (code, name) of the counties that the person may change."""

    class Meta:
        model = Upload
        fields = ("file", "area", "series")

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(label=_("目录文件"), help_text=_("xlsx、docx 或网页里的表格，不超过 20 MB"))
        self.fields["area"] = forms.ChoiceField(label=_("县（市、区）"), choices=areas)
        known = Standard.objects.in_force().filter(area__in=[code for code, _name in areas]).values_list("series", flat=True)
        self.fields["series"] = forms.CharField(
            label=_("目录"), max_length=80, initial=next(iter(known), SERIES), help_text=_("同一个目录再次导入，就是它的新版本")
        )


class ConfirmForm(forms.Form):
    """What the sheet does not say."""

    name = forms.CharField(label=_("目录名称"), max_length=160)
    issuer = forms.CharField(label=_("制定单位"), max_length=80)
    document_number = forms.CharField(label=_("文号"), max_length=80, required=False)
    effective_from = forms.DateField(label=_("施行日期"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"}))
    adapted = forms.BooleanField(label=_("由别处的目录改编"), required=False)
    source = forms.CharField(label=_("来源"), max_length=200, required=False)
