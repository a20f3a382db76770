from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    """What residents send: messages, corrections, objections, requests for information; and the answers."""

    name = "openness.participation"
    label = "participation"
    verbose_name = _("参与")

    def ready(self) -> None:
        from openness.disclosures.rules.known import KNOWN
        from openness.units.signals import units_changed

        from . import search
        from .services import objections

        search.register()
        KNOWN.objections = objections.before
        units_changed.connect(search.touch_below)
