"""The administrators' side of subscriptions."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin.followed import VIEW, followed


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("subscriptions/", followed, name="subscriptions_followed")]


class FollowedMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(VIEW))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return FollowedMenuItem(_("邮件订阅"), reverse("subscriptions_followed"), name="subscriptions", icon_name="mail", order=415)
