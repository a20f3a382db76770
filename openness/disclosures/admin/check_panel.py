"""发布前检查: what the rules say of the text in the form, above all fields; rendered by the server, so it needs no script."""

from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

_FIELDS = ["override_reason", "override_rules"]


class CheckPanel(Panel):
    """Of a saved text on every opening of its form; of what was just typed where sending it was refused."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"heading": _("发布前检查"), "icon": "tasks", **options})

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": _FIELDS, "widgets": {}}

    class BoundPanel(Panel.BoundPanel):
        template_name = "disclosures/admin/check_panel.html"

        @property
        def media(self) -> forms.Media:
            return forms.Media(css={"all": [static("css/check.css")]})

        def is_shown(self) -> bool:
            """Nothing can be said of a text that has not been begun."""
            return bool(self.instance.pk or self.form.is_bound) and bool(self.instance.unit_id and self.instance.item_id)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from ..services.summary import summary_of

            context: dict[str, Any] = super().get_context_data(parent_context)
            context |= {"summary": summary_of(self.instance, self.request.user), "form": self.form, **self._asking()}
            return context

        def _asking(self) -> dict[str, Any]:
            """仍要交 appears once sending was refused for nothing but what may be gone past; a reviewer is told the own way on."""
            shown = [issue for issue in self.form.shown if issue.blocks]
            passable = bool(self.form.is_bound and self.form.errors and shown) and all(issue.overridable for issue in shown)
            return {
                "ask": passable and self.form.is_submitting, "let_through": passable and self.form.is_approving,
                "asked_rules": ",".join(sorted({issue.rule for issue in shown})),
            }  # fmt: skip
