"""What a supervisor issues and what a government reports: the notice (通报) of a period and the annual openness report (年度报告)."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.disclosures.fields import QuietForeignKey
from openness.disclosures.models import Disclosure
from openness.disclosures.periods import PERIOD_PATTERN, period_label
from openness.units.models import Unit


class Notice(models.Model):
    """通报 of a place for a period. The numbers are those of the day in `figures`; once issued, nothing changes any more."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("通报哪里"))
    period = models.CharField(gettext_lazy("期次"), max_length=7, validators=[PERIOD_PATTERN])
    title = models.CharField(gettext_lazy("标题"), max_length=120)
    document_number = models.CharField(gettext_lazy("文号"), max_length=80, blank=True)
    issuer = models.CharField(gettext_lazy("落款单位"), max_length=80)
    opening = models.TextField(gettext_lazy("一、总体情况"))
    problems = models.TextField(gettext_lazy("二、存在的问题"), blank=True)
    demands = models.TextField(gettext_lazy("三、下一步要求"), blank=True)
    figures = models.JSONField(gettext_lazy("数字"), default=dict)
    drafted_by = models.CharField(gettext_lazy("起草人"), max_length=170)
    drafted_at = models.DateTimeField(gettext_lazy("数字是什么时候的"))
    issued_by = models.CharField(gettext_lazy("印发人"), max_length=170, blank=True)
    issued_at = models.DateTimeField(gettext_lazy("印发时间"), null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("通报")
        verbose_name_plural = gettext_lazy("通报")
        ordering: ClassVar = ["-drafted_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "period"], name="notice_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def period_label(self) -> str:
        return period_label(self.period)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An issued notice is a document: neither its text nor its numbers change."""
        if self.pk and type(self).objects.filter(pk=self.pk, issued_at__isnull=False).exists():
            raise ValidationError(_("“{title}”已经印发，不能再改。").format(title=self.title))
        super().save(*args, **kwargs)


class AnnualReport(models.Model):
    """政府信息公开工作年度报告 of a unit for a year: three texts and three tables; the tables' cells by row and column, None while unknown."""

    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("哪个单位"))
    year = models.PositiveSmallIntegerField(gettext_lazy("哪一年"))
    overview = models.TextField(gettext_lazy("一、总体情况"))
    issues = models.TextField(gettext_lazy("五、存在的主要问题及改进情况"), blank=True)
    others = models.TextField(gettext_lazy("六、其他需要报告的事项"), blank=True)
    tables = models.JSONField(gettext_lazy("三张表"), default=dict)
    drafted_by = models.CharField(gettext_lazy("起草人"), max_length=170)
    drafted_at = models.DateTimeField(gettext_lazy("起草时间"))
    disclosure = QuietForeignKey(
        Disclosure, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("送审的公开内容")
    )

    class Meta:
        verbose_name = gettext_lazy("年度报告")
        verbose_name_plural = gettext_lazy("年度报告")
        ordering: ClassVar = ["-year", "unit"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "year"], name="annual_report_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return _("{unit}{year}年政府信息公开工作年度报告").format(unit=self.unit.name, year=self.year)
