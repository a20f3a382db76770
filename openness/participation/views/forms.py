"""The forms of residents: one column, few fields, everything kept when something is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Kind
from ..rules.results import APPLICANTS, DELIVERIES, FORMS
from ..services.stamp import read_stamp
from ..services.words import plain_phone

_REQUIRED = {
    "required": gettext_lazy("这一项要填。"),
    "max_length": gettext_lazy("太长了，最多 %(limit_value)d 字，现在 %(show_value)d 字。"),
}


def words_field(label: Any, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, error_messages=_REQUIRED, widget=forms.Textarea(attrs={"rows": 6, "maxlength": most}), **options
    )


class SendForm(forms.Form):
    """`website` is the honeypot: people do not see it; whoever fills it is asked to empty it. Nobody's words are thrown away."""

    kind = Kind.MESSAGE
    text = words_field(gettext_lazy("想说什么"), 500, help_text=gettext_lazy("500 字以内。写清楚什么事、在哪里。别写身份证号、银行卡号。"))
    name = forms.CharField(
        label=gettext_lazy("怎么称呼您"), max_length=40, error_messages=_REQUIRED, help_text=gettext_lazy("比如：王先生、李大娘。不公开。")
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"), max_length=20, error_messages=_REQUIRED, help_text=gettext_lazy("不公开，只用来回您。以后凭它和编号查答复。"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    website = forms.CharField(label=gettext_lazy("这一栏不要填"), required=False, max_length=200)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).strip()

    def clean_phone(self) -> str:
        phone = plain_phone(self.cleaned_data["phone"])
        if not phone:
            raise forms.ValidationError(_("请写 11 位手机号，或者带区号的座机号。"))
        return phone

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("请把这一栏清空，再按“提交”。"))
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["once"], why_not = read_stamp(data.get("stamp", ""))
        if why_not:
            raise forms.ValidationError(why_not)
        return data


class MessageForm(SendForm):
    wants_public = forms.TypedChoiceField(
        label=gettext_lazy("答复以后，给大家看吗"), initial="yes", coerce=lambda value: value == "yes", widget=forms.RadioSelect, error_messages=_REQUIRED,
        choices=[("yes", gettext_lazy("公开（称呼和电话不公开）")), ("no", gettext_lazy("只给工作人员看"))],
    )  # fmt: skip
    field_order = ("text", "name", "phone", "wants_public")


class ObjectionForm(MessageForm):
    kind = Kind.OBJECTION
    text = words_field(gettext_lazy("有什么不同意见"), 500, help_text=gettext_lazy("500 字以内。写清楚哪一处、为什么。"))


class CorrectionForm(SendForm):
    kind = Kind.CORRECTION
    text = words_field(gettext_lazy("哪里错了，应该是什么"), 500, help_text=gettext_lazy("500 字以内。只给工作人员看。"))


class RequestForm(SendForm):
    """What art. 29 asks. The certificate may be shown later: the office checks it with the applicant."""

    kind = Kind.REQUEST
    applicant = forms.ChoiceField(label=gettext_lazy("谁申请"), choices=APPLICANTS, widget=forms.RadioSelect, initial="person")
    name = forms.CharField(label=gettext_lazy("姓名或者单位名称"), max_length=40, error_messages=_REQUIRED)
    certificate = forms.CharField(
        label=gettext_lazy("证件名称和号码"), max_length=60, required=False, help_text=gettext_lazy("个人写身份证，单位写统一社会信用代码和联系人。可以先不填，工作人员会跟您核对。")
    )  # fmt: skip
    text = words_field(gettext_lazy("要哪条信息"), 500, help_text=gettext_lazy("写名称、文号，或者说清楚是什么事、哪一年的。500 字以内。"))
    form = forms.ChoiceField(label=gettext_lazy("要什么形式"), choices=FORMS, widget=forms.RadioSelect, initial="paper")
    delivery = forms.ChoiceField(label=gettext_lazy("怎么给您"), choices=DELIVERIES, widget=forms.RadioSelect, initial="counter")
    address = forms.CharField(label=gettext_lazy("通信地址"), max_length=120, required=False, help_text=gettext_lazy("要邮寄的请填。"))
    email = forms.EmailField(
        label=gettext_lazy("电子邮箱"),
        required=False,
        help_text=gettext_lazy("要用电子邮件的请填。"),
        error_messages={"invalid": gettext_lazy("邮箱写得不对。")},
    )
    field_order = ("applicant", "name", "certificate", "phone", "text", "form", "delivery", "address", "email")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("delivery") == "post" and not data.get("address"):
            self.add_error("address", _("要邮寄，请写通信地址。"))
        if data.get("delivery") == "email" and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("要用电子邮件，请写邮箱。"))
        return data


class FollowForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("编号"), max_length=20, error_messages=_REQUIRED, help_text=gettext_lazy("比如 2026-1012-007")
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        max_length=20,
        error_messages=_REQUIRED,
        help_text=gettext_lazy("留言时写的那个电话"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


FORMS_BY_KIND: dict[str, type[SendForm]] = {form.kind: form for form in (MessageForm, ObjectionForm, CorrectionForm, RequestForm)}
