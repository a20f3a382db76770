"""要素检查: what the rules say of the guide in the form, above all fields; drawn by the server, so it needs no script."""

from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class ElementsPanel(Panel):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"heading": _("要素检查"), "icon": "tasks", **options})

    class BoundPanel(Panel.BoundPanel):
        template_name = "guides/admin/elements.html"

        @property
        def media(self) -> forms.Media:
            return forms.Media(css={"all": [static("css/check.css")]})

        def is_shown(self) -> bool:
            """Nothing can be said of a guide that has not been begun."""
            return bool(self.instance.pk or self.form.is_bound) and bool(self.instance.unit_id)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from .services.check import by_level, issues_of

            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "levels": by_level(issues_of(self.instance))}
