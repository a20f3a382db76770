"""Going past a rule: the writer asks with a reason, a reviewer lets it through with another, and the row stays for good."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.units.models import Unit

from ..fields import QuietForeignKey


class RuleRequest(models.Model):
    """仍要交: what the text broke when it was sent to review, and why the writer sent it all the same. One row a rule."""

    disclosure = QuietForeignKey("disclosures.Disclosure", on_delete=models.CASCADE, related_name="rule_requests")
    rule = models.CharField(_("规则"), max_length=20)
    reason = models.CharField(_("经办人的理由"), max_length=300)
    asked_by = models.CharField(_("经办人"), max_length=170)
    asked_at = models.DateTimeField(_("什么时候"))

    class Meta:
        verbose_name = _("仍要交的理由")
        verbose_name_plural = _("仍要交的理由")

    def __str__(self) -> str:
        return f"{self.rule}：{self.reason}"


class RuleOverride(models.Model):
    """放行: one broken sentence of one revision that a reviewer let through. Append-only: triggers refuse UPDATE and DELETE."""

    disclosure = QuietForeignKey("disclosures.Disclosure", on_delete=models.PROTECT, related_name="overrides", verbose_name=_("公开内容"))
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    revision = models.PositiveBigIntegerField(_("版本号"))
    rule = models.CharField(_("规则"), max_length=20)
    sentence = models.CharField(_("哪里不合规则"), max_length=500)
    clerk = models.CharField(_("经办人"), max_length=170, blank=True)
    clerk_reason = models.CharField(_("经办人的理由"), max_length=300, blank=True)
    reviewer = models.CharField(_("审核人"), max_length=170)
    reviewer_reason = models.CharField(_("放行的理由"), max_length=300)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("放行记录")
        verbose_name_plural = _("放行记录")
        indexes: ClassVar = [
            models.Index(fields=["disclosure", "revision"], name="override_of_revision"),
            models.Index(fields=["unit", "-at"], name="override_of_unit"),
        ]

    def __str__(self) -> str:
        return self.sentence
