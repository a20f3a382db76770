"""The staff's side of participation."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from openness.units.closed import NoChooser

from .admin.enter import enter
from .admin.page import submission
from .admin.queue import MessagesMenuItem, queue
from .models import AnswerTemplate


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("messages/", queue, name="submissions"),
        path("messages/new/", enter, name="submission_new"),
        path("messages/<int:pk>/", submission, name="submission"),
    ]


@hooks.register("register_admin_menu_item")
def messages_item() -> MenuItem:
    return MessagesMenuItem()


class AnswerTemplateViewSet(SnippetViewSet):
    model = AnswerTemplate
    icon = "edit"
    menu_label = _("答复模板")
    add_to_settings_menu = True
    copy_view_enabled = False
    chooser_viewset_class = NoChooser
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    panels = [FieldPanel("kind"), FieldPanel("name"), FieldPanel("text")]


register_snippet(AnswerTemplateViewSet)
