"""The pages that editors compose: home, help and statements."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Page

from catalog.models import Field
from catalog.models.standard import Status
from openness.disclosures.models import Disclosure
from openness.pagecache.keeping import keep
from openness.pagecache.topics import ANY
from openness.supervision.views.progress import progress_this_year
from openness.units.models import Unit
from openness.units.names import Level

_TILES = 8
_NEWEST = 8
_NOTICES = 5


class HomePage(Page):
    """The county's home: search, my village, by matter, on notice, newest."""

    headline = models.CharField(_("标题"), max_length=30, default="村里的事，一搜就知道")
    often = models.CharField(_("大家常查"), max_length=120, blank=True, help_text=_("用空格隔开，最多五个词"))

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("headline"), FieldPanel("often")]
    subpage_types: ClassVar = ["pages.TextPage"]
    max_count = 1
    template = "pages/home.html"

    class Meta:
        verbose_name = _("首页")
        verbose_name_plural = _("首页")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return keep(response, ANY)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        fields, more = _tiles()
        notices = Disclosure.objects.on_notice(today).for_lists()
        return {
            **context,
            "often": self.often.split()[:5],
            **_places(request),
            "tiles": fields,
            "field_count": more,
            "on_notice": notices[:_NOTICES],
            "notice_count": notices.count(),
            "progress": progress_this_year(today),
            "latest": Disclosure.objects.public().for_lists().newest()[:_NEWEST],
            "today": today,
        }


def _tiles() -> tuple[list[Field], int]:
    """The fields with most to read, each with its number of public disclosures."""
    counts = dict(Disclosure.objects.public().values_list("item__field__name").annotate(Count("pk")))
    fields = list(Field.objects.filter(standard__status=Status.IN_FORCE))
    for field in fields:
        field.public = counts.get(field.name, 0)  # type: ignore[attr-defined]
    fields.sort(key=lambda field: (-field.public, field.position))  # type: ignore[attr-defined]
    return fields[:_TILES], len(fields)


def _places(request: HttpRequest) -> dict[str, Any]:
    """Two selects that work without JavaScript: choosing a township loads its villages."""
    towns = list(Unit.objects.filter(level=Level.TOWNSHIP, active=True).order_by("path"))
    chosen = next((town for town in towns if town.code == request.GET.get("town")), None)
    villages = chosen.get_children().filter(active=True) if chosen else Unit.objects.none()
    return {"towns": towns, "town": chosen, "villages": villages}


class TextPage(Page):
    """Help, statements and guides."""

    body = RichTextField(_("正文"), features=["h2", "h3", "bold", "ol", "ul", "link"])

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("body")]
    subpage_types: ClassVar = ["pages.TextPage"]
    template = "pages/text.html"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return keep(response)

    class Meta:
        verbose_name = _("说明页")
        verbose_name_plural = _("说明页")


@register_setting(icon="site")
class SiteFrame(BaseSiteSetting):
    """Who runs the site: head and foot of every page. What is empty is not printed."""

    place = models.CharField(_("县（市、区）名称"), max_length=40, default="示例县")
    site_name = models.CharField(_("网站名称"), max_length=60, default="基层政务公开")
    domain = models.CharField(_("域名"), max_length=80, blank=True)
    identification = models.CharField(_("网站标识码"), max_length=10, blank=True)
    host = models.CharField(_("主办单位"), max_length=80, blank=True)
    operator = models.CharField(_("承办单位"), max_length=80, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    icp = models.CharField(_("ICP 备案号"), max_length=40, blank=True)
    police = models.CharField(_("公安备案号"), max_length=40, blank=True)
    place_korean = models.CharField(_("县（市、区）的朝鲜文名称"), max_length=60, blank=True)
    site_name_korean = models.CharField(_("网站的朝鲜文名称"), max_length=80, blank=True)
    korean_first = models.BooleanField(_("两种文字一起写的时候，朝鲜文写在前面"), default=False)
    traditional_words = models.TextField(
        _("繁体字里的地名、人名和词"),
        blank=True,
        help_text=_("一行一个。只写“后屯”，就不变；写“干沟子=乾溝子”，就变成后面的。"),
    )

    panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("site_name"), FieldPanel("domain"), FieldPanel("identification")], heading=_("网站")
        ),
        MultiFieldPanel(
            [FieldPanel("host"), FieldPanel("operator"), FieldPanel("phone"), FieldPanel("icp"), FieldPanel("police")], heading=_("页脚")
        ),
        MultiFieldPanel(
            [FieldPanel("place_korean"), FieldPanel("site_name_korean"), FieldPanel("korean_first"), FieldPanel("traditional_words")],
            heading=_("语言"),
        ),
    ]

    class Meta:
        verbose_name = _("网站信息")
        verbose_name_plural = _("网站信息")

    @property
    def names(self) -> list[tuple[str, str]]:
        """The site's name in the head as (language, name): Chinese, and Korean where it is known, in the order that the site has set."""
        korean = " ".join(part for part in (self.place_korean, self.site_name_korean) if part)
        both = [("zh-CN", f"{self.place} {self.site_name}"), ("ko", korean)]
        return [one for one in (reversed(both) if self.korean_first else both) if one[1]]
