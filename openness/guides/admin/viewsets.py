"""办事指南 in the admin: Wagtail's drafts, history and preview, each object asked of the one policy."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, UnpublishView

from openness.units.closed import NoChooser
from openness.units.scoped import UnitScopedViewSet

from ..models import ServiceGuide
from ..services.publish import withdraw


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("撤下的原因"), max_length=300, help_text=_("群众打开这份指南时会看到，例如：这件事改由县里办。"))


class WithdrawView(UnpublishView):
    """撤下: like Wagtail's unpublish, with the reason that residents will read."""

    page_title = _("撤下")
    template_name = "disclosures/admin/withdraw.html"
    success_message = _("已撤下：%(object)s")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", WithdrawForm())
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        withdraw(self.object, request.user, form.cleaned_data["reason"])
        self.objects_to_unpublish: list[Any] = []
        return super().post(request, *args, **kwargs)


class GuidesView(IndexView):
    """With the way to what is missing."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, Button(_("指南检查"), url=reverse("guide_gaps"), icon_name="tasks", priority=10)]


def missing_of(guide: ServiceGuide) -> str:
    return str(_("{n} 处").format(n=len(guide.missing))) if guide.missing else "–"


class GuideViewSet(UnitScopedViewSet, SnippetViewSet):
    model = ServiceGuide
    icon = "help"
    menu_label = _("办事指南")
    menu_order = 140
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "name", "unit", Column("theme", label=_("办什么事"), accessor="get_theme_display"), Column("missing", label=_("要改的"), accessor=missing_of),
        LiveStatusTagColumn(), DateColumn("last_published_at", label=_("公开时间")),
    ]  # fmt: skip
    list_filter = {"theme": ["exact"], "live": ["exact"]}  # units would be a list of thousands
    list_per_page = 20
    search_fields = ["name", "also_called", "code"]
    ordering = ["-pk"]
    index_view_class = GuidesView
    unpublish_view_class = WithdrawView
    chooser_viewset_class = NoChooser

    def get_queryset(self, request: HttpRequest) -> QuerySet[ServiceGuide]:
        """The list needs no rows of materials: they stay in the database."""
        return ServiceGuide.objects.select_related("unit", "latest_revision").defer("materials", "steps", "questions")
