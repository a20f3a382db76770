from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class DisclosuresConfig(AppConfig):
    name = "openness.disclosures"
    label = "disclosures"
    verbose_name = _("公开内容")

    def ready(self) -> None:
        from openness.units.signals import units_changed

        from . import search, terms
        from .services.workflow import ensure_workflow

        self._register_media_policies()
        search.register()
        post_migrate.connect(_after_migrate(ensure_workflow), sender=self, weak=False)
        post_delete.connect(search.forget, sender=self.get_model("Disclosure"))
        units_changed.connect(search.touch_below)
        units_changed.connect(terms.ask_terms)
        post_save.connect(terms.ask_terms, sender="catalog.Standard")

    def _register_media_policies(self) -> None:
        """Here and not in wagtail_hooks: Wagtail's own apps, ready before this one, would overwrite them."""
        from wagtail.permissions import register_permission_policy

        from .admin.media import UnitMediaPolicy

        for name in ("Attachment", "Photo"):
            model = self.get_model(name)
            register_permission_policy(model, UnitMediaPolicy(model))


def _after_migrate(act: Any) -> Any:
    def handler(**_kwargs: Any) -> None:
        act()

    return handler
