"""Addresses and the menu entry of 批量导入."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from openness.units.admin.common import ForThose, may_somewhere

from .admin import views
from .services.rights import LABEL, covers_several


class ImportsItem(ForThose):
    """For those who keep several units, and those who watch; who keeps one village writes by hand."""

    def is_shown(self, request: HttpRequest) -> bool:
        adds = may_somewhere(request.user, LABEL, "add") and covers_several(request.user)
        return bool(adds or may_somewhere(request.user, LABEL, "view"))


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("imports/", views.imports, name="imports"),
        path("imports/template.xlsx", views.template, name="import_template"),
        path("imports/new/<str:kind>/", views.new, name="import_new"),
        path("imports/<int:pk>/", views.job, name="import_job"),
        path("imports/<int:pk>/columns/", views.columns, name="import_columns"),
        path("imports/<int:pk>/progress/", views.progress, name="import_progress"),
        path("imports/<int:pk>/go/", views.go, name="import_go"),
        path("imports/<int:pk>/step/", views.step, name="import_step"),
        path("imports/<int:pk>/undo/", views.undo, name="import_undo"),
        path("imports/<int:pk>/drop/", views.drop, name="import_drop"),
        path("imports/<int:pk>/rows.xlsx", views.answer, name="import_answer"),
    ]


@hooks.register("register_admin_menu_item")
def imports_item() -> MenuItem:
    return ImportsItem(_("批量导入"), reverse("imports"), name="imports", icon_name="upload", order=305, model=LABEL)
