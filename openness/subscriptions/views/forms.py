"""The form: an address and how often."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.participation.services.stamp import read_stamp

from ..models import HowOften

_CHOICES = [
    (HowOften.DAILY, gettext_lazy("每天有新的就发")),
    (HowOften.WEEKLY, gettext_lazy("每周一发一封")),
    (HowOften.MONTHLY, gettext_lazy("每月 1 号发一封")),
]


class SubscribeForm(forms.Form):
    """`website` is the honeypot: people do not see it; whoever fills it is asked to empty it."""

    address = forms.EmailField(
        label=gettext_lazy("您的邮箱"), max_length=254, help_text=gettext_lazy("只用来发这个订阅，不公开。退订马上删掉。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("请写邮箱。"), "invalid": gettext_lazy("邮箱写得不对，比如：name@example.com。")},
    )  # fmt: skip
    how_often = forms.ChoiceField(
        label=gettext_lazy("多久发一封"), choices=_CHOICES, initial=HowOften.DAILY, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选多久发一封。"), "invalid_choice": gettext_lazy("请选多久发一封。")},
    )  # fmt: skip
    website = forms.CharField(label=gettext_lazy("这一栏不要填"), required=False, max_length=200)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"]).lower()

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("请把这一栏清空，再按“提交”。"))
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _once, why_not = read_stamp(data.get("stamp", ""))
        if why_not:
            raise forms.ValidationError(why_not)
        return data
