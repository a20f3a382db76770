from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    """The policy library: documents, core clauses, interpretations, and which policy helps whom."""

    name = "openness.policies"
    label = "policies"
    verbose_name = _("政策")

    def ready(self) -> None:
        from openness.disclosures.services.files import register_shown_by
        from openness.units.signals import units_changed

        from . import search
        from .services.files import is_shown

        search.register()
        register_shown_by(is_shown)
        units_changed.connect(search.touch_below)
