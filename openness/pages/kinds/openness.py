"""政府信息公开: the section that every government site has, in the parts and the order of 国办公开办函〔2019〕61号.

Guide, rules, what must be published, annual reports, requests. All but the texts is read from what the platform knows.
"""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from openness.pagecache.topics import ANY

from ..services.fields import public_fields
from ..services.reports import published_reports
from .composed import ComposedPage

_PARTS = ["pages.OpennessTextPage", "pages.StatutoryPage", "pages.AnnualReportsPage"]


class _InSection(ComposedPage):
    """A page with the section's parts in its left column."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "parts": self.parts()}

    def parts(self) -> list[tuple[str, str, bool]]:
        """(words, address, whether it is this page), requests last."""
        top = self.section()
        pages = [top, *top.get_children().live().only("title", "url_path", "path")] if top else []
        requests = (gettext("依申请公开"), reverse("requests"), False)
        return [*((page.title, page.url, page.pk == self.pk) for page in pages), requests]

    def section(self) -> Page | None:
        return self.get_parent()


class OpennessPage(_InSection):
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = _PARTS
    max_count = 1
    page_description = _("按国办公开办函〔2019〕61号的式样：指南、制度、法定主动公开内容、年报、依申请公开。全站一个。")
    column_kind, column_name = "信息公开目录", _("政府信息公开")
    template = "pages/openness.html"

    class Meta:
        verbose_name = _("政府信息公开（栏目）")
        verbose_name_plural = _("政府信息公开（栏目）")

    def section(self) -> Page | None:
        return self


class Part(models.TextChoices):
    GUIDE = "guide", _("政府信息公开指南")
    RULES = "rules", _("政府信息公开制度")
    OTHER = "other", _("其他说明")


class OpennessTextPage(_InSection):
    """The guide (条例 art. 12), the rules, or another text of the section."""

    part = models.CharField(_("这是哪一部分"), max_length=10, choices=Part.choices, default=Part.GUIDE)

    content_panels: ClassVar = [*ComposedPage.content_panels[:1], "part", *ComposedPage.content_panels[1:]]
    parent_page_types: ClassVar = ["pages.OpennessPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("政府信息公开指南、制度，写成文字。")
    column_name = _("政府信息公开")
    template = "pages/openness.html"

    class Meta:
        verbose_name = _("公开指南、公开制度")
        verbose_name_plural = _("公开指南、公开制度")

    @property
    def column_kind(self) -> str:  # type: ignore[override]
        return {Part.GUIDE: "信息公开指南", Part.RULES: "政策文件"}.get(Part(self.part), "概况信息")


class StatutoryPage(_InSection):
    """法定主动公开内容: the fields of the catalogue in force, each with its items and what was published, below the editor's words."""

    parent_page_types: ClassVar = ["pages.OpennessPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    page_description = _("自动列出标准目录的各个领域，有多少事项、公开了多少条。正文写在上面。")
    column_kind, column_name = "信息公开目录", _("政府信息公开")
    template = "pages/statutory.html"

    class Meta:
        verbose_name = _("法定主动公开内容")
        verbose_name_plural = _("法定主动公开内容")

    def topics(self) -> tuple[str, ...]:
        return (ANY,)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "fields": public_fields()}


class AnnualReportsPage(_InSection):
    """政府信息公开年报: what governments published through the platform's annual reports."""

    parent_page_types: ClassVar = ["pages.OpennessPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    page_description = _("自动列出各单位公开了的年度报告，按年份看。正文写在上面。")
    column_kind, column_name = "信息公开年报", _("政府信息公开")
    template = "pages/annual_reports.html"

    class Meta:
        verbose_name = _("政府信息公开年报")
        verbose_name_plural = _("政府信息公开年报")

    def topics(self) -> tuple[str, ...]:
        return (ANY,)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **published_reports(request.GET.get("year", ""), request.GET.get("page", ""))}
