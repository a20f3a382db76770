"""The county's home page: one box, and below it what its editor chose."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from openness.pagecache.keeping import keep
from openness.pagecache.topics import ANY

from ..blocks.home import HomeSections
from ..services.home import last_published, rows_of, sections_of

_OFTEN = 5


class HomePage(Page):
    headline = models.CharField(_("标题"), max_length=30, default="村里的事，一搜就知道")
    often = models.CharField(_("大家常查"), max_length=120, blank=True, help_text=_("用空格隔开，最多五个词"))
    sections = StreamField(
        HomeSections(), verbose_name=_("搜索框下面放什么"), blank=True,
        help_text=_("从上到下就是手机上的顺序。一块都不选，就按通常的样子：看我们村、按事情找、正在公示、公开进度、最新公开。"),
    )  # fmt: skip

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("headline"), FieldPanel("often"), FieldPanel("sections")]
    subpage_types: ClassVar = ["pages.TextPage", "pages.GuidePage", "pages.OpennessPage"]
    max_count = 1
    page_description = _("网站的首页，全站一个。")
    template = "pages/home.html"

    class Meta:
        verbose_name = _("首页")
        verbose_name_plural = _("首页")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return keep(response, ANY)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        rows = rows_of(sections_of(self.sections, request))
        return {**context, "often": self.often.split()[:_OFTEN], "rows": rows, "updated": last_published()}
