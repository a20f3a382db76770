"""Wagtail's list of documents, with what could be read of each."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.documents import IndexView

from ..models import Attachment, TextState


class AttachmentList(IndexView):
    def get_base_queryset(self) -> QuerySet[Attachment]:
        """The texts themselves stay in the database."""
        return super().get_base_queryset().select_related("text").defer("text__pages")

    @cached_property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns
        return [*columns[:3], Column("text", label=_("群众能不能搜到里面的文字"), accessor=words_about, width="30%"), *columns[3:]]


def words_about(attachment: Attachment) -> str:
    text: Any = getattr(attachment, "text", None)
    return text.words if text and text.sha256 == attachment.sha256 else str(TextState.WAITING.label)


# Wagtail's own addresses: they stay, these answer first.
urls: list[URLPattern] = [
    path("documents/", AttachmentList.as_view()),
    path("documents/results/", AttachmentList.as_view(results_only=True)),
]
