"""The admin's lists and forms for disclosures and receipts."""

from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn, LiveStatusTagColumn
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet, UnpublishView

from openness.units.closed import NoChooser
from openness.units.scoped import UnitScopedViewSet

from ..models import Disclosure
from ..periods import is_period
from ..services.begin import begin, fit_elements
from ..services.take_down import withdraw
from .plain import item_asked
from .workflow_views import ActionView


class _Quiet:
    """Autosave leaves a revision, and no row in the log: a form that is open for an hour would leave hundreds."""

    expects_json_response: bool

    @cached_property
    def action_class(self) -> Any:
        action = super().action_class  # type: ignore[misc]
        return partial(action, log_action=False) if self.expects_json_response else action


class _WithElements:
    """A draft of an older catalogue, of another item, or without a word gets the fields of the item that the form chose."""

    expects_json_response: bool
    form: Any

    def save_instance(self) -> Any:
        if not self.expects_json_response:  # the page is drawn anew after this
            fit_elements(self.form.instance)
        return super().save_instance()  # type: ignore[misc]


class BeginView(_WithElements, CreateView):
    """新建, half filled where the address says what for: ?unit=220204101201&item=12&period=2026-Q3."""

    def get_initial_form_instance(self) -> Disclosure | None:
        found = item_asked(self.request.user, self.request.GET)
        if self.request.method != "GET" or found is None:
            return None
        period = self.request.GET.get("period", "")
        return begin(*found, period if is_period(period) else "", timezone.localdate())


class WriteView(_WithElements, _Quiet, EditView):
    """编辑."""


class TextsView(IndexView):
    """Who may not edit a text reads it: its committee, supervisors, auditors."""

    def get_inspect_url(self, instance: Disclosure) -> str:
        return reverse("review_text", args=[instance.pk])


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
    index_view_class = TextsView
    add_view_class = BeginView
    edit_view_class = WriteView
    unpublish_view_class = WithdrawView
    workflow_action_view_class = ActionView
    chooser_viewset_class = NoChooser

    def get_queryset(self, request: HttpRequest) -> QuerySet[Disclosure]:
        """The list needs no body: it stays in the database."""
        return Disclosure.objects.select_related("unit", "item", "latest_revision").defer("body")
