"""One power, duty or licence of one version of a list."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey

from ..columns import NAMES
from ..rules.content import Content
from .power_list import ListVersion


class Matter(models.TextChoices):
    """行政权力类型, in the order in which lists print them."""

    LICENCE = "licence", _("行政许可")
    PENALTY = "penalty", _("行政处罚")
    COERCION = "coercion", _("行政强制")
    LEVY = "levy", _("行政征收")
    BENEFIT = "benefit", _("行政给付")
    INSPECTION = "inspection", _("行政检查")
    CONFIRMATION = "confirmation", _("行政确认")
    REWARD = "reward", _("行政奖励")
    RULING = "ruling", _("行政裁决")
    OTHER = "other", _("其他行政权力")


class PowerEntry(models.Model):
    version = QuietForeignKey(ListVersion, on_delete=models.CASCADE, related_name="entries", verbose_name=_("版本"))
    position = models.PositiveIntegerField(_("第几项"))
    key = models.CharField(_("地址"), max_length=60)
    code = models.CharField(_("编码"), max_length=40, blank=True)
    name = models.CharField(_("名称"), max_length=200)
    matter = models.CharField(_("类型"), max_length=12, choices=Matter.choices)
    basis = models.TextField(_("依据"), max_length=4000, blank=True)
    body = models.CharField(_("实施主体"), max_length=200, blank=True)
    level = models.CharField(_("层级"), max_length=60, blank=True)
    duties = models.TextField(_("责任事项"), max_length=4000, blank=True)
    accountability = models.TextField(_("追责情形"), max_length=4000, blank=True)
    conditions = models.TextField(_("许可条件"), max_length=4000, blank=True)
    term = models.CharField(_("有效期"), max_length=200, blank=True)
    fee = models.CharField(_("收费"), max_length=400, blank=True)
    note = models.CharField(_("备注"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("清单事项")
        verbose_name_plural = _("清单事项")
        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "key"], name="entry_of_version_once")]
        indexes: ClassVar = [
            models.Index(fields=["key"], name="entry_key"),
            models.Index(fields=["version", "matter", "position"], name="entry_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("power_entry", args=[self.version.power_list_id, self.key])

    @property
    def content(self) -> Content:
        return Content(**{name: getattr(self, name) for name in NAMES})

    @classmethod
    def of(cls, version: ListVersion, position: int, content: Content) -> "PowerEntry":
        """Not yet saved."""
        return cls(version=version, position=position, key=content.key, **content.as_dict())
