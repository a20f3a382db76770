"""Doors of Wagtail's admin that ask no instance policy, closed or scoped."""

from typing import Any

from wagtail.snippets.views.chooser import SnippetChooserViewSet


class NoChooser(SnippetChooserViewSet):
    """Wagtail's snippet chooser tells any object's title to anybody who may open the admin. Nothing here chooses objects so: no address."""

    def get_urlpatterns(self) -> list[Any]:
        return []
