from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers itself)

        post_migrate.connect(_first_synonyms, sender=self)


def _first_synonyms(**_kwargs: Any) -> None:
    from .understanding.first import load_first_synonyms

    load_first_synonyms()
