from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    """What residents send: messages, corrections, objections, requests for information; and the answers."""

    name = "openness.participation"
    label = "participation"
    verbose_name = _("参与")
