"""Addresses and front-page panel of reminders, urging, rectification and spot checks; and the data that they go by."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from openness.units.admin.common import may_somewhere
from openness.units.closed import NoChooser

from ..models import Checklist, ErrorWord, ReminderStep, Term
from . import orders, spot_checks, urgings
from .menu import HOOK


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("supervision/pursuit/", urgings.pursuit, name="supervision_pursuit"),
        path("supervision/urge/", urgings.send, name="supervision_urge"),
        path("supervision/urgings/<int:pk>/", urgings.urging, name="supervision_urging"),
        path("supervision/orders/", orders.orders, name="supervision_orders"),
        path("supervision/orders/new/", orders.new_order, name="supervision_new_order"),
        path("supervision/orders/<int:pk>/", orders.order, name="supervision_order"),
        path("supervision/spot-checks/", spot_checks.spot_checks, name="supervision_spot_checks"),
        path("supervision/spot-checks/new/", spot_checks.new_spot_check, name="supervision_new_spot_check"),
        path("supervision/spot-checks/<int:pk>/", spot_checks.spot_check, name="supervision_spot_check"),
        path("supervision/samples/<int:pk>/", spot_checks.sample, name="supervision_sample"),
    ]


class TodoPanel(Component):
    """On the clerk's front page: urgings to answer, then what was reminded of."""

    order = 40
    template_name = "supervision/admin/panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"urgings": urgings.to_answer(user)[:5], "cells": list(urgings.reminded(user)[:5])}

    def render_html(self, parent_context: dict[str, Any] | None = None) -> SafeString | str:
        context = parent_context or {}
        return super().render_html(context) if may_somewhere(context["request"].user, urgings.LABEL, "answer") else ""


@hooks.register("construct_homepage_panels")
def todo_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(TodoPanel())


class _Kept(SnippetViewSet):
    copy_view_enabled = False
    chooser_viewset_class = NoChooser


class ReminderStepViewSet(_Kept):
    model = ReminderStep
    icon = "calendar-alt"
    menu_label = _("提醒日子")
    list_display = ["__str__", "since", "until"]
    panels = [FieldPanel("days"), FieldPanel("since"), FieldPanel("until")]


class TermViewSet(_Kept):
    model = Term
    icon = "calendar-check"
    menu_label = _("期限规定")
    list_display = ["name", "number", "since"]
    panels = [FieldPanel("name"), FieldPanel("number"), FieldPanel("since")]


def in_use(checklist: Checklist) -> str:
    return str(_("是")) if checklist.active else str(_("否"))


class ChecklistViewSet(_Kept):
    model = Checklist
    icon = "tasks"
    menu_label = _("抽查表")
    list_display = ["name", Column("active", label=_("在用"), accessor=in_use)]
    panels = [
        FieldPanel("name"),
        FieldPanel("active"),
        InlinePanel("questions", label=_("问题"), panels=[FieldPanel("text"), FieldPanel("weight"), FieldPanel("sort_order")]),
    ]


class ErrorWordViewSet(_Kept):
    model = ErrorWord
    icon = "edit"
    menu_label = _("错敏词")
    list_display = ["word", "suggestion", "note"]
    list_per_page = 100
    search_fields = ["word", "suggestion"]
    search_backend_name = None
    panels = [FieldPanel("word"), FieldPanel("suggestion"), FieldPanel("note")]


class RulesGroup(SnippetViewSetGroup):
    items = (ReminderStepViewSet, TermViewSet, ChecklistViewSet, ErrorWordViewSet)
    menu_label = _("监督规定")
    menu_icon = "cogs"
    menu_hook = HOOK
    menu_order = 100


register_snippet(RulesGroup)
