"""What all composed pages share: a sentence on top, a body of blocks, the tags of their column, and when a kept copy is old."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from openness.pagecache.keeping import keep
from openness.pagecache.topics import ANY

from ..blocks import PageBody

_CONTENTS = 3  # headings from which on a page begins with a list of them
_OF_OTHERS = {"links", "picture", "files"}  # blocks that show what somebody else may withdraw


class ComposedPage(Page):
    """`column_kind` and `column_name` are what machines are told (`head.COLUMN_TYPES`)."""

    summary = models.CharField(_("一句话说明"), max_length=120, blank=True, help_text=_("显示在标题下面，搜索网站也会摘用；空着就不显示"))
    body = StreamField(PageBody(), verbose_name=_("正文"), blank=True, help_text=_("点“＋”加一块。每块可以上下挪、可以删。"))

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    column_kind: ClassVar[str] = "概况信息"
    column_name: ClassVar[Any] = _("网站说明")

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return keep(response, *self.topics())

    def topics(self) -> tuple[str, ...]:
        """A page that points at what units publish is old when any of it changes."""
        return (ANY,) if any(block.block_type in _OF_OTHERS for block in self.body) else ()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "contents": self.contents(), "above": self.pages_above()}

    def contents(self) -> list[tuple[str, str]]:
        """(anchor, heading), where there are enough of them to be worth a list."""
        found = [(f"p{block.id}", block.value) for block in self.body if block.block_type == "heading"]
        return found if len(found) >= _CONTENTS else []

    def pages_above(self) -> list["Crumb"]:
        """For the crumbs: those between the home page and this one."""
        return [Crumb(page) for page in self.get_ancestors().filter(depth__gt=2).only("title", "url_path")]

    @property
    def published(self) -> datetime | None:
        """When it was first seen by everybody. A page made by a program has only the time of its last change."""
        found: datetime | None = self.first_published_at or self.last_published_at or self.latest_revision_created_at
        return found


class Crumb:
    """A page as the crumbs want it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def __str__(self) -> str:
        return str(self.page.title)

    def get_absolute_url(self) -> str:
        return str(self.page.url)
