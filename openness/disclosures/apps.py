from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete
from django.utils.translation import gettext_lazy as _


class DisclosuresConfig(AppConfig):
    name = "openness.disclosures"
    label = "disclosures"
    verbose_name = _("公开内容")

    def ready(self) -> None:
        from . import search
        from .services import leaving
        from .services.workflow import ensure_workflow, no_wagtail_mails

        self._register_media_policies()
        search.register()
        no_wagtail_mails()
        leaving.register()
        post_migrate.connect(_after_migrate(ensure_workflow), sender=self, weak=False)
        self._keep_search_in_step()

    def _keep_search_in_step(self) -> None:
        """The services tell search themselves; this is for whatever else writes what residents find."""
        from catalog.models import Field, Item
        from catalog.signals import standard_confirmed
        from openness.units.signals import units_changed

        from . import search, terms
        from .services.attachment_texts import attachment_leaves, attachment_saved
        from .services.places import place_again
        from .services.signing_rules import adopt_for_catalogue

        disclosure, attachment = self.get_model("Disclosure"), self.get_model("Attachment")
        post_save.connect(search.saved, sender=disclosure)
        post_delete.connect(search.forget, sender=disclosure)
        post_save.connect(attachment_saved, sender=attachment)
        pre_delete.connect(attachment_leaves, sender=attachment)
        for named in (Item, Field):
            post_save.connect(search.touch_named, sender=named)
        units_changed.connect(place_again)
        units_changed.connect(search.touch_below)
        units_changed.connect(terms.ask_terms)
        post_save.connect(terms.ask_terms, sender="catalog.Standard")
        standard_confirmed.connect(adopt_for_catalogue)

    def _register_media_policies(self) -> None:
        """Here and not in wagtail_hooks: Wagtail's own apps, ready before this one, would overwrite them."""
        from wagtail.permissions import register_permission_policy

        from .admin.media import AttachmentPolicy, UnitMediaPolicy

        for name, policy in (("Attachment", AttachmentPolicy), ("Photo", UnitMediaPolicy)):
            model = self.get_model(name)
            register_permission_policy(model, policy(model))


def _after_migrate(act: Any) -> Any:
    def handler(**_kwargs: Any) -> None:
        act()

    return handler
