"""动态调整: one row for each entry that a new version added, took away or changed. Append-only."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey

from .entry import Matter
from .power_list import ListVersion


class Change(models.TextChoices):
    ADDED = "added", _("新增")
    REMOVED = "removed", _("取消")
    ADJUSTED = "adjusted", _("调整")


class Adjustment(models.Model):
    """`fields` is [[heading, before, after], …], empty unless adjusted. `old_key` differs from `key` where the code changed."""

    version = QuietForeignKey(ListVersion, on_delete=models.PROTECT, related_name="adjustments", verbose_name=_("版本"))
    change = models.CharField(_("怎么变的"), max_length=8, choices=Change.choices)
    key = models.CharField(_("地址"), max_length=60, db_index=True)
    old_key = models.CharField(_("原来的地址"), max_length=60, blank=True)
    code = models.CharField(_("编码"), max_length=40, blank=True)
    name = models.CharField(_("名称"), max_length=200)
    matter = models.CharField(_("类型"), max_length=12, choices=Matter.choices)
    fields = models.JSONField(_("改了什么"), default=list)
    day = models.DateField(_("从哪天起"))
    at = models.DateTimeField(_("公布时间"))

    class Meta:
        verbose_name = _("清单调整")
        verbose_name_plural = _("清单调整")
        indexes: ClassVar = [models.Index(fields=["-day", "-id"], name="adjustment_newest")]

    def __str__(self) -> str:
        return f"{self.get_change_display()} {self.name}"

    @property
    def address(self) -> str:
        return reverse("power_entry", args=[self.version.power_list_id, self.key])
