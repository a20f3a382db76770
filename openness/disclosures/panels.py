"""Panels of the clerk's form. They ask the services when they are shown: the models, which list them, come first."""

from typing import TYPE_CHECKING, Any

from wagtail.admin.panels import Panel

if TYPE_CHECKING:
    from .services.guide import Guide


class GuidePanel(Panel):
    """What the item asks for, over the body; its JSON is what the script puts beside each element."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "disclosures/admin/guide.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            found = self._guide()
            return {**context, "guide": found, "guide_json": found.as_json() if found else None, "query": self._query()}

        def _guide(self) -> "Guide | None":
            from .services.guide import guide

            if not self.instance.item_id:
                return None
            return guide(self.instance.unit if self.instance.unit_id else None, self.instance.item)

        def _query(self) -> str:
            """Where the page without scripts begins."""
            return "" if self.instance.pk else str(self.request.GET.urlencode())
