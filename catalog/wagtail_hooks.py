from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin import views


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("catalogues/", views.index, name="catalog_index"),
        path("catalogues/import/", views.upload, name="catalog_upload"),
        path("catalogues/import/<int:pk>/", views.preview_upload, name="catalog_preview"),
        path("catalogues/<int:pk>/export/", views.export, name="catalog_export"),
    ]


class CatalogueMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("catalog.view_standard"))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return CatalogueMenuItem(_("标准目录"), reverse("catalog_index"), name="catalogues", icon_name="list-ul", order=200)
