"""Help, statements, guides."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .composed import ComposedPage


class TextPage(ComposedPage):
    """Help and statements: their names stand in the foot of every page."""

    in_foot = models.BooleanField(_("放进页脚"), default=True, help_text=_("首页下面第一级的说明页才会放"))

    content_panels: ClassVar = [*ComposedPage.content_panels, FieldPanel("in_foot")]
    subpage_types: ClassVar = ["pages.TextPage"]
    page_description = _("帮助、声明这样的说明。")
    template = "pages/composed.html"

    class Meta:
        verbose_name = _("说明页")
        verbose_name_plural = _("说明页")


class GuidePage(ComposedPage):
    """How to get something done: whom it is for, what to bring, the steps."""

    whom = models.CharField(_("谁能办"), max_length=200, blank=True)
    bring = models.CharField(_("带什么"), max_length=200, blank=True)
    where = models.CharField(_("去哪办"), max_length=200, blank=True)
    how_long = models.CharField(_("多久办好"), max_length=80, blank=True)
    phone = models.CharField(_("问谁（电话）"), max_length=40, blank=True)

    content_panels: ClassVar = [
        *ComposedPage.content_panels[:2],
        FieldPanel("whom"),
        FieldPanel("bring"),
        FieldPanel("where"),
        FieldPanel("how_long"),
        FieldPanel("phone"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["pages.HomePage", "pages.TextPage", "pages.GuidePage"]
    subpage_types: ClassVar = ["pages.GuidePage"]
    page_description = _("一件事怎么办：谁能办、带什么、去哪办、一步一步怎么做。")
    column_kind, column_name = "办事服务", _("办事指南")
    template = "pages/guide.html"

    class Meta:
        verbose_name = _("指南")
        verbose_name_plural = _("指南")

    def facts(self) -> list[tuple[str, str]]:
        """(label, words) of what was filled in."""
        fields = [self._meta.get_field(name) for name in ("whom", "bring", "where", "how_long")]
        return [(str(field.verbose_name), words) for field in fields if (words := getattr(self, field.name))]
