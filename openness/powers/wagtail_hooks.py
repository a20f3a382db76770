"""The staff's side of lists: one entry of the menu."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from openness.units.admin.common import ForThose

from .admin import lists, versions
from .services.drafts import LABEL


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("powers/", lists.lists, name="power_lists"),
        path("powers/gaps/", lists.gaps, name="power_gaps"),
        path("powers/<int:pk>/", lists.power_list, name="power_list_admin"),
        path("powers/uploads/<int:pk>/", lists.upload, name="power_upload"),
        path("powers/versions/<int:pk>/", versions.version, name="power_version_admin"),
        path("powers/versions/<int:pk>/entries/new/", versions.new_entry, name="power_entry_new"),
        path("powers/entries/<int:pk>/", versions.entry, name="power_entry_admin"),
    ]


@hooks.register("register_admin_menu_item")
def lists_item() -> MenuItem:
    return ForThose(_("清单"), reverse("power_lists"), name="power-lists", icon_name="list-ol", order=145, model=LABEL)
