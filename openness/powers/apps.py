from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PowersConfig(AppConfig):
    """Versioned lists of powers, duties and administrative licences, and what changed in them."""

    name = "openness.powers"
    label = "powers"
    verbose_name = _("权责清单")

    def ready(self) -> None:
        from openness.units.signals import units_changed

        from . import search

        search.register()
        units_changed.connect(search.touch_below)
