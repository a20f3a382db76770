"""Proof of publication: append-only rows, chained by hash, one chain a unit. Triggers refuse UPDATE and DELETE."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.units.models import Unit

from ..fields import QuietForeignKey


class Verb(models.TextChoices):
    PUBLISH = "publish", _("首次公开")
    CORRECT = "correct", _("更正")
    WITHDRAW = "withdraw", _("撤下")
    EXPIRE = "expire", _("公示期满撤下")


class Receipt(models.Model):
    """What was public from when, by whom. People are kept by number and name, so that a left account changes nothing."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("单位"))
    seq = models.PositiveIntegerField(_("本单位第几号"))
    disclosure = QuietForeignKey("disclosures.Disclosure", on_delete=models.PROTECT, related_name="receipts", verbose_name=_("公开内容"))
    revision = models.PositiveBigIntegerField(_("版本号"), null=True)
    verb = models.CharField(_("做了什么"), max_length=10, choices=Verb.choices)
    at = models.DateTimeField(_("时间"))
    actor = models.CharField(_("经办人"), max_length=170)
    approver = models.CharField(_("审核人"), max_length=170)
    notice_from = models.DateField(_("公示开始"), null=True)
    notice_until = models.DateField(_("公示结束"), null=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    content_hash = models.CharField(_("内容指纹"), max_length=64)
    previous_hash = models.CharField(_("上一号指纹"), max_length=64, blank=True)
    hash = models.CharField(_("本号指纹"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("公开凭证")
        verbose_name_plural = _("公开凭证")
        ordering: ClassVar = ["unit", "seq"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "seq"], name="receipt_once")]
        indexes: ClassVar = [models.Index(fields=["disclosure", "at"])]

    def __str__(self) -> str:
        return f"{self.unit}-{self.seq} {self.get_verb_display()}"


class Serial(models.Model):
    """The last number given out for index numbers (索引号), a unit and a year."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("索引号流水")
        verbose_name_plural = _("索引号流水")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "year"], name="serial_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}-{self.last}"
