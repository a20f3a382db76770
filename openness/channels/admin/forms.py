"""When a text went up, where, and a photograph of the wall."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UpForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("哪个渠道"), error_messages={"required": _("请选渠道。"), "invalid_choice": _("目录里这一项没有这个渠道。")}
    )  # fmt: skip
    on = forms.DateField(
        label=_("哪天"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("日期写成 2026-10-12 这样。")},
    )  # fmt: skip
    place = forms.CharField(label=_("在哪里"), max_length=120, required=False)
    photo = forms.FileField(
        label=_("照片（可以不传）"), required=False, help_text=_("公示栏的照片，作凭据，不公开。手机可以直接拍。"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )  # fmt: skip

    def __init__(self, *args: Any, channels: list[str], place: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["channel"]
        choice.choices = [(one, one) for one in channels]
        if len(channels) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = channels[0]
        self.fields["on"].initial, self.fields["place"].initial = timezone.localdate(), place
