from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    """The policy library: documents, core clauses, interpretations, and which policy helps whom."""

    name = "openness.policies"
    label = "policies"
    verbose_name = _("政策")
