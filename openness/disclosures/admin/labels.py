"""Labels of Wagtail's own forms that it takes from the names of the fields, which no catalogue translates."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.choosers import AnchorLinkChooserForm, EmailLinkChooserForm, ExternalLinkChooserForm, PhoneLinkChooserForm

FORMS: tuple[type[forms.Form], ...] = (
    LoginForm,
    AnchorLinkChooserForm,
    EmailLinkChooserForm,
    ExternalLinkChooserForm,
    PhoneLinkChooserForm,
)
LABELS = {
    "password": _("密码"),
    "link_text": _("链接上的字"),
    "email_address": _("电子邮箱"),
    "subject": _("邮件标题"),
    "body": _("邮件正文"),
    "phone_number": _("电话号码"),
}


def label_forms() -> None:
    for form in FORMS:
        for name, label in LABELS.items():
            if name in form.base_fields:
                form.base_fields[name].label = label
