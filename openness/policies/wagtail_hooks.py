"""The staff's side of policies."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.roles import roles_of

from .admin import desk, entry, interpretations, page, settings
from .services.rights import POLICY


class PoliciesMenuItem(MenuItem):
    """For those of counties and townships: villages issue no policies."""

    def is_shown(self, request: HttpRequest) -> bool:
        paths = roles_of(request.user).paths
        held = (path for role in roles_for(POLICY, "view") for path in paths.get(role, ()))
        return bool(request.user.is_superuser or any(len(path) <= Unit.steplen * Level.TOWNSHIP for path in held))


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("policies/", desk.desk, name="policies_desk"),
        path("policies/new/", entry.new, name="policy_new"),
        path("policies/<int:pk>/", page.page, name="policy_desk"),
        path("policies/<int:pk>/edit/", entry.edit, name="policy_edit"),
        path("policies/<int:pk>/card/", page.card, name="policy_card"),
        path("policies/<int:pk>/interpret/", interpretations.new, name="interpretation_new"),
        path("policies/interpretations/<int:pk>/", interpretations.page, name="interpretation_desk"),
        path("policies/interpretations/<int:pk>/edit/", interpretations.edit, name="interpretation_edit"),
        path("policies/tokens/", settings.tokens, name="policy_tokens"),
        path("policies/need-rules/", settings.need_rules, name="policy_need_rules"),
    ]


@hooks.register("register_admin_menu_item")
def policies_item() -> MenuItem:
    return PoliciesMenuItem(_("政策"), reverse("policies_desk"), name="policies", icon_name="doc-full-inverse", order=125)
