"""The admin's lists and forms for disclosures and receipts."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet, UnpublishView

from openness.units.closed import NoChooser
from openness.units.scoped import UnitScopedViewSet

from ..models import Disclosure
from ..services.take_down import withdraw


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("撤下的原因"), max_length=300, help_text=_("群众打开这一条时会看到，例如：含有个人信息。"))


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


class DisclosureViewSet(UnitScopedViewSet, SnippetViewSet):
    model = Disclosure
    icon = "doc-full"
    menu_label = _("公开内容")
    menu_order = 100
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["title", "unit", "item", LiveStatusTagColumn(), DateColumn("first_published_at", label=_("公开时间"))]
    list_filter = {"category": ["exact"], "live": ["exact"]}  # units and items would be lists of thousands
    list_per_page = 20
    search_fields = ["title"]
    ordering = ["-pk"]
    unpublish_view_class = WithdrawView
    chooser_viewset_class = NoChooser

    def get_queryset(self, request: HttpRequest) -> QuerySet[Disclosure]:
        """The list needs no body: it stays in the database."""
        return Disclosure.objects.select_related("unit", "item", "latest_revision").defer("body")
