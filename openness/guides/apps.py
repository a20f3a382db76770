from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    """Service guides: what one brings where, and how long it takes."""

    name = "openness.guides"
    label = "guides"
    verbose_name = _("办事指南")
