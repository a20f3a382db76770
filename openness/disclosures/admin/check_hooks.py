"""What the rules do when a form was saved: 帮我遮住, 仍要交, and what to look at again; their addresses, menu entry and lines in the history."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from openness.units.grants import roles_for
from openness.units.roles import roles_of

from ..models import Disclosure
from ..rules import warnings_of
from ..services.masking import MASKED, RESTORED, mask_draft
from ..services.override import ask
from ..services.rule_settings import LABEL
from . import masking, rules

_SENT = ("action-submit", "action-restart-workflow")
_EDIT = "wagtailsnippets_disclosures_disclosure:edit"


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def mask_as_asked(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """帮我遮住 saves what was being written first, so that no word is lost, and then masks it."""
    if not isinstance(instance, Disclosure) or not request.POST.get("mask"):
        return None
    masking.tell_masked(request, mask_draft(instance, request.user))
    return redirect(reverse(_EDIT, args=[instance.pk]))


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def keep_reasons(request: HttpRequest, instance: Any) -> None:
    """仍要交: kept once the text is on its way to review."""
    rules_to_go_past = getattr(instance, "rules_to_go_past", ())
    if isinstance(instance, Disclosure) and rules_to_go_past:
        ask(instance, rules_to_go_past, request.POST.get("override_reason", ""), request.user)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_warnings(request: HttpRequest, instance: Any) -> None:
    """Said when the text goes to review: it stops nobody."""
    if isinstance(instance, Disclosure) and any(name in request.POST for name in _SENT):
        for warning in warnings_of(instance, correcting=bool(instance.first_published_at)):
            messages.warning(request, warning.sentence)


@hooks.register("register_log_actions")
def name_actions(actions: Any) -> None:
    actions.register_action(MASKED, gettext_lazy("遮住个人信息"), gettext_lazy("遮住了个人信息"))
    actions.register_action(RESTORED, gettext_lazy("还原"), gettext_lazy("还原了遮住的内容"))


@hooks.register("register_admin_urls")
def check_addresses() -> list[Any]:
    return [*rules.URLS, *masking.URLS]


class RulesMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("发布规则"), reverse("publishing_rules"), name="publishing-rules", icon_name="tasks", order=310)

    def is_shown(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_superuser or roles_of(user).any_of(roles_for(LABEL, "view")))


@hooks.register("register_admin_menu_item")
def rules_item() -> MenuItem:
    return RulesMenuItem()
