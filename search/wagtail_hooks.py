from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .admin import views
from .admin.viewsets import SearchGroup

register_snippet(SearchGroup)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("search-state/", views.state, name="search_state")]


class StateMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(views.VIEW))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return StateMenuItem(_("搜索运行"), reverse("search_state"), name="search-state", icon_name="search", order=410)
