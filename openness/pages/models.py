"""Who runs the site, and the kinds of pages that editors compose."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from .kinds import AnnualReportsPage, GuidePage, HomePage, OpennessPage, OpennessTextPage, StatutoryPage, TextPage

__all__ = [
    "AnnualReportsPage", "GuidePage", "HomePage", "OpennessPage", "OpennessTextPage", "SiteFrame", "StatutoryPage", "TextPage",
]  # fmt: skip


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
    mark = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("党政机关网站标识"), help_text=_("机构编制部门发的那个图；传图时“单位”空着"),
    )  # fmt: skip
    mark_url = models.URLField(_("标识点了去哪里"), blank=True, help_text=_("机构编制部门给的核验网址"))
    fault_url = models.URLField(_("“我为政府网站找错”的网址"), blank=True, help_text=_("国办平台给本站的网址，带着网站标识码"))

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
        MultiFieldPanel([FieldPanel("mark"), FieldPanel("mark_url"), FieldPanel("fault_url")], heading=_("标识和找错")),
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

    @property
    def police_url(self) -> str:
        """Where the police say whose number it is."""
        return "https://beian.mps.gov.cn/#/query/webSearch?code=" + "".join(filter(str.isdigit, self.police))
