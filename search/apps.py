from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers itself)
        from .registry import register_terms
        from .suggest.said import ask_again, words_people_say

        register_terms(words_people_say)
        for signal in (post_save, post_delete):
            signal.connect(ask_again, sender=self.get_model("Synonym"))
        post_migrate.connect(_first_synonyms, sender=self)
        post_migrate.connect(_ask_terms, sender=self)


def _first_synonyms(apps: Any = installed, **_kwargs: Any) -> None:
    from .understanding.first import load_first_synonyms

    if "synonym" in apps.all_models["search"]:
        load_first_synonyms()


def _ask_terms(apps: Any = installed, **_kwargs: Any) -> None:
    """A new version may register other terms. After a migration backwards there may be no table for them."""
    from .suggest.refresh import ask_refresh

    if "termsstate" in apps.all_models["search"]:
        ask_refresh()
