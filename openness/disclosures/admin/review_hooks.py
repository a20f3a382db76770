"""Addresses of the review, and what the form of a text says about its way: returned with these words, signed, changed since."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from openness.units.refusal import Refused

from ..models import Disclosure, Receipt, Signature, SignTask
from ..services.signing import day_words, rule_for, signature_of
from ..services.standing import RETURNED, standing_of
from . import review, signing_rules


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("texts/<int:pk>/", review.text, name="review_text"),
        path("texts/<int:pk>/sheet/", review.sheet, name="review_sheet"),
        path("signing-rules/", signing_rules.signing_rules, name="signing_rules"),
    ]


@hooks.register("register_admin_menu_item")
def signing_rules_item() -> MenuItem:
    return MenuItem(gettext_lazy("谁来签字"), reverse("signing_rules"), name="signing-rules", icon_name="edit", order=290)


@hooks.register("before_delete_snippet")
def kept(request: HttpRequest, instances: Any) -> None:
    """What was signed or public is a record: it stays."""
    keys = [one.pk for one in instances if isinstance(one, Disclosure)]
    if request.method == "POST" and Receipt.objects.filter(disclosure__in=keys).exists():
        raise Refused(_("公开过的不能删，可以撤下。"))
    if request.method == "POST" and Signature.objects.filter(disclosure__in=keys).exists():
        raise Refused(_("签过字的不能删，签字是记录。不公开就放着。"))


@hooks.register("before_edit_snippet")
def say_where_it_stands(request: HttpRequest, instance: Any) -> None:
    if not isinstance(instance, Disclosure) or request.method != "GET":
        return
    standing = standing_of(instance)
    if standing is not None:
        say = messages.warning if standing.step == RETURNED else messages.info
        say(request, f"{standing.words}：{standing.said}" if standing.said else standing.words)
    _say_of_signature(request, instance)


@hooks.register("after_edit_snippet")
def say_that_it_changed(request: HttpRequest, instance: Any) -> None:
    """A changed text needs a new signature, whatever the number of its revision; and where an approved text went."""
    if not isinstance(instance, Disclosure):
        return
    if "action-workflow-action" in request.POST or request.POST.get("workflow-action-name") == "approve":
        review.say_what_came_of_it(request, instance)
    elif request.accepts("text/html"):  # the editor's own saving says nothing
        _say_of_signature(request, instance)


def _say_of_signature(request: HttpRequest, instance: Disclosure) -> None:
    now = instance.get_latest_revision_as_object()
    rule = rule_for(now)
    if rule is None or (instance.live and not instance.has_unpublished_changes):
        return
    signature = signature_of(now, rule)
    earlier = None if signature else Signature.objects.filter(disclosure=instance.pk).order_by("-pk").first()
    if signature is not None:
        words = _("{body}{day}签了字。再改文字，要重新签。").format(body=signature.get_body_display(), day=day_words(signature.signed_on))
    elif earlier is not None:
        words = _("{day}签过字，后来文字改了，要由{who}重新签字。").format(day=day_words(earlier.signed_on), who=rule.who)
    elif isinstance(instance.current_workflow_task, SignTask):
        words = _("在纸上签了字的，可以在这里登记。")
    else:
        words = _("这一项公开以前要由{who}签字。").format(who=rule.who)
    messages.info(request, words, buttons=[messages.button(reverse("review_text", args=[instance.pk]), _("签字和登记"))])
