"""Addresses of the admin, an entry of the menu, and the way to 已公开 from the list of texts."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from openness.disclosures.models import Disclosure
from openness.units.admin.common import ForThose, may_for
from openness.units.names import Level

from .admin import batches, bundles, published, walls
from .services.batches import LABEL as BATCH


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("published/<int:pk>/", published.published, name="published"),
        path("walls/", walls.walls, name="walls"),
        path("bundles/", bundles.bundles, name="bundles"),
        path("bundles/<int:pk>/", bundles.bundle, name="bundle"),
        path("batches/", batches.batches, name="batches"),
        path("batches/new/<int:pk>/", batches.new, name="batch_new"),
        path("batches/<int:pk>/", batches.batch, name="batch"),
    ]


@hooks.register("register_admin_menu_item")
def walls_item() -> MenuItem:
    return ForThose(gettext_lazy("上墙"), reverse("walls"), name="walls", icon_name="clipboard-list", order=120, model="channels.posting")


@hooks.register("register_snippet_listing_buttons")
def to_published(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Any]:
    if not isinstance(snippet, Disclosure):
        return
    if snippet.live:
        address = reverse("published", args=[snippet.pk])
        yield Button(_("打印、张贴、转发"), address, icon_name="clipboard-list", priority=15)
    if snippet.unit.level == Level.TOWNSHIP and may_for(user, BATCH, "add", snippet.unit):
        yield Button(_("发给各村"), reverse("batch_new", args=[snippet.pk]), icon_name="mail", priority=16)
