from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"
    label = "catalog"
    verbose_name = _("公开目录")

    def ready(self) -> None:
        post_migrate.connect(_load_reference_data, sender=self)


def _load_reference_data(**_kwargs: Any) -> None:
    """Laws with their versions and the official working calendar: every installation has them after `migrate`. Idempotent."""
    from .services.calendar import load_published_years
    from .services.laws import load_laws

    load_laws()
    load_published_years()
