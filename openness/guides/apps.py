from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    """Service guides: what one brings where, and how long it takes."""

    name = "openness.guides"
    label = "guides"
    verbose_name = _("办事指南")

    def ready(self) -> None:
        from openness.units.signals import units_changed

        from . import search

        search.register()
        units_changed.connect(search.touch_below)
