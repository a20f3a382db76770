"""人员分工 in the admin: an administrator gives roles on the own county's units, and on no others."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from ..closed import NoChooser
from ..grants import roles_for
from ..models import Membership, Unit
from ..names import Level
from ..roles import roles_of
from ..scoped import UnitScopedViewSet


class MembershipForm(WagtailAdminModelForm):
    """Any account but a superuser's, any unit that the administrator covers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = get_user_model().objects.filter(is_active=True, is_superuser=False).order_by("username")
        self.fields["unit"] = UnitCodeField(self.for_user, label=self.fields["unit"].label, help_text=_("区划代码，例如 220204101200"))
        if self.instance.unit_id:
            self.initial["unit"] = self.instance.unit.code

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("user") == self.for_user and not self.for_user.is_superuser:
            self.add_error("user", _("不能给自己分工，请别的管理员来做。"))
        return data


class UnitCodeField(forms.CharField):
    """A unit by its code: a list of a province's thirteen thousand would take seconds."""

    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(max_length=12, **options)
        self.user = user

    def clean(self, value: str) -> Unit:
        code = super().clean(value)
        units = Unit.objects.filter(active=True, code=code, level__gte=Level.COUNTY)
        if not self.user.is_superuser:
            units = units.filter(roles_of(self.user).within(roles_for("units.membership", "add")))
        unit = units.first()
        if unit is None:
            raise forms.ValidationError(_("没有代码是“{code}”的单位，或者不归您管。").format(code=code))
        return unit


Membership.base_form_class = MembershipForm


class MembershipViewSet(UnitScopedViewSet, SnippetViewSet):
    model = Membership
    icon = "group"
    menu_label = gettext_lazy("人员分工")
    menu_order = 300
    add_to_admin_menu = True
    copy_view_enabled = False
    chooser_viewset_class = NoChooser
    list_display = ["user", "unit", "role"]
    list_filter = ["role"]
    panels = [FieldPanel("user"), FieldPanel("unit"), FieldPanel("role")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return Membership.objects.select_related("user", "unit").order_by("unit__path", "role")
