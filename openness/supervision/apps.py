from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    name = "openness.supervision"
    label = "supervision"
    verbose_name = _("监督")

    def ready(self) -> None:

        from wagtail.models import WorkflowState
        from wagtail.signals import workflow_rejected

        from catalog.signals import standard_confirmed
        from openness.disclosures.signals import receipts_written
        from openness.units.signals import units_changed

        from . import checks, defaults, listening  # noqa: F401
        from .services import submissions
        from .services.known import tell_the_rules
        from .services.reviews import tell_of_return

        tell_the_rules()
        submissions.register()

        post_migrate.connect(_first_indicators, sender=self)

        receipts_written.connect(listening.settle_cells)
        workflow_rejected.connect(tell_of_return, sender=WorkflowState)
        standard_confirmed.connect(listening.generate_for_area)
        units_changed.connect(listening.generate_for_units)
        post_migrate.connect(defaults.fill_in, sender=self)


def _first_indicators(**_kwargs: Any) -> None:
    """Every installation has the national indicators after `migrate`. Idempotent."""
    from .services.indicators import first_indicators

    first_indicators()
