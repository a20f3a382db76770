from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from .grants import roles_for
from .models import Membership, Unit
from .names import Level
from .policy import UnitPolicy
from .roles import roles_of

register_permission_policy(Membership, UnitPolicy(Membership))


@hooks.register("catalog_areas_of_user")
def areas_of_user(user: Any) -> list[tuple[str, str]]:
    counties = Unit.objects.filter(level=Level.COUNTY, active=True)
    if not user.is_superuser:
        counties = counties.filter(roles_of(user).within(roles_for("catalog.standard", "add")))
    return list(counties.values_list("code", "name"))


# After the policy: once a view set has asked, Wagtail keeps its own fallback.
from .admin import MembershipViewSet, delegations, hand_over, who_may  # noqa: E402
from .admin.common import ForThose  # noqa: E402

register_snippet(MembershipViewSet)


@hooks.register("construct_reports_menu")
def reports_of_the_site(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's reports know no units."""
    if not request.user.is_superuser:
        menu_items.clear()


@hooks.register("insert_global_admin_css")
def without_scripts() -> str:
    """Wagtail draws its menu by script: without, an empty one would lie over the page."""
    return format_html('<noscript><link rel="stylesheet" href="{}"></noscript>', static("css/no-script.css"))


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("delegations/", delegations.delegations, name="delegations"),
        path("delegations/<int:pk>/end/", delegations.end, name="delegation_end"),
        path("hand-over/", hand_over.hand_overs, name="hand_over"),
        path("hand-over/<int:pk>/back/", hand_over.back, name="hand_over_back"),
        path("who-may/", who_may.who_may, name="who_may"),
    ]


@hooks.register("register_admin_menu_item")
def delegations_item() -> MenuItem:
    words, address = _("请人代办"), reverse("delegations")
    return ForThose(words, address, name="delegations", icon_name="user", order=310, model="units.delegation", action="add")


@hooks.register("register_admin_menu_item")
def hand_over_item() -> MenuItem:
    return ForThose(_("工作交接"), reverse("hand_over"), name="hand-over", icon_name="redirect", order=320, model="units.handover")


@hooks.register("register_admin_menu_item")
def who_may_item() -> MenuItem:
    return MenuItem(_("谁能做什么"), reverse("who_may"), name="who-may", icon_name="key", order=330)
