"""The desk's addresses and its place in the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from ..models import Obligation
from . import cell, desk

register_permission_policy(Obligation, cell.POLICY)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("supervision/", desk.desk, name="supervision_desk"),
        path("supervision/cells/", desk.cells, name="supervision_cells"),
        path("supervision/cells.xlsx", desk.workbook, name="supervision_workbook"),
        path("supervision/cell/<int:pk>/", cell.cell, name="supervision_cell"),
    ]


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return cell.POLICY.user_has_permission(request.user, "view")


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return DeskMenuItem(_("督办台"), reverse("supervision_desk"), name="supervision-desk", icon_name="tasks", order=150)
