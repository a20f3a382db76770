"""What became public, when and by whom: append-only rows, chained by hash, one chain a unit. Triggers refuse UPDATE and DELETE."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey
from openness.units.models import Unit

from .interpretation import Interpretation
from .policy import Policy


class Verb(models.TextChoices):
    PUBLISH = "publish", _("首次公开")
    CORRECT = "correct", _("更正")
    REPEAL = "repeal", _("标明废止")
    RESTORE = "restore", _("撤销废止标记")
    CHECK = "check", _("核对政策要点")
    WITHDRAW = "withdraw", _("撤下")


class Record(models.Model):
    """Of a policy or of an interpretation: exactly one of the two is given."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    seq = models.PositiveIntegerField(_("本单位第几号"))
    policy = QuietForeignKey(Policy, on_delete=models.PROTECT, null=True, related_name="records", verbose_name=_("政策"))
    interpretation = QuietForeignKey(Interpretation, on_delete=models.PROTECT, null=True, related_name="records", verbose_name=_("解读"))
    revision = models.PositiveBigIntegerField(_("版本号"), null=True)
    verb = models.CharField(_("做了什么"), max_length=8, choices=Verb.choices)
    at = models.DateTimeField(_("时间"))
    actor = models.CharField(_("经办人"), max_length=170)
    approver = models.CharField(_("审核人"), max_length=340)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    content_hash = models.CharField(_("内容指纹"), max_length=64)
    previous_hash = models.CharField(_("上一号指纹"), max_length=64, blank=True)
    hash = models.CharField(_("本号指纹"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("政策公开记录")
        verbose_name_plural = _("政策公开记录")
        ordering: ClassVar = ["unit", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "seq"], name="policy_record_once"),
            models.CheckConstraint(
                condition=models.Q(policy=None, interpretation__isnull=False) | models.Q(policy__isnull=False, interpretation=None),
                name="policy_record_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}-{self.seq} {self.get_verb_display()}"


class FileUse(models.Model):
    """The attachments that a public policy or interpretation shows: only those can be downloaded by everybody."""

    policy = QuietForeignKey(Policy, on_delete=models.CASCADE, null=True, related_name="file_uses")
    interpretation = QuietForeignKey(Interpretation, on_delete=models.CASCADE, null=True, related_name="file_uses")
    attachment = QuietForeignKey("disclosures.Attachment", on_delete=models.CASCADE, related_name="policy_uses")

    class Meta:
        verbose_name = _("文件引用")
        verbose_name_plural = _("文件引用")

    def __str__(self) -> str:
        return f"{self.policy_id or self.interpretation_id}: {self.attachment_id}"
