"""Synonyms and pinned answers, kept by administrators of the whole site."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from ..models import PinnedAnswer, Synonym
from ..pinned import look_up_by


class PinnedAnswerForm(WagtailAdminModelForm):
    def save(self, commit: bool = True) -> Any:
        answer = super().save(commit)
        if commit:
            look_up_by(answer)
        return answer


PinnedAnswer.base_form_class = PinnedAnswerForm  # type: ignore[attr-defined]


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "rotate"
    menu_label = _("同义词")
    copy_view_enabled = False
    list_display = ["word", "term", "weight"]
    list_per_page = 100
    search_fields = ["word", "term"]
    search_backend_name = None
    list_export = ["word", "term", "weight"]
    panels = [FieldPanel("word"), FieldPanel("term"), FieldPanel("weight")]


class PinnedAnswerViewSet(SnippetViewSet):
    model = PinnedAnswer
    icon = "pin"
    menu_label = _("置顶回答")
    copy_view_enabled = False
    list_display = ["title", "until"]
    search_fields = ["title", "words", "text"]
    search_backend_name = None
    panels = [FieldPanel("words"), FieldPanel("title"), FieldPanel("text"), FieldPanel("url"), FieldPanel("until")]


class SearchGroup(SnippetViewSetGroup):
    items = (SynonymViewSet, PinnedAnswerViewSet)
    menu_label = _("搜索")
    menu_icon = "search"
    menu_order = 400
