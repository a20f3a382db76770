"""How hard each rule of publishing is, as data: rows are only added, the latest in force counts, a county's own before the site's."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.units.models import Unit

from ..fields import QuietForeignKey
from ..rules.level import Level


class RuleSetting(models.Model):
    """From `effective_from` on, the rule of this code has this level in this county; without a unit, on the whole site."""

    rule = models.SlugField(gettext_lazy("规则"), max_length=20)
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("哪个县"))
    level = models.CharField(gettext_lazy("程度"), max_length=5, choices=Level.choices)
    reason = models.CharField(gettext_lazy("为什么这样定"), max_length=300)
    effective_from = models.DateField(gettext_lazy("从哪天起"))
    made_by = models.CharField(gettext_lazy("谁定的"), max_length=170)
    made_at = models.DateTimeField(gettext_lazy("什么时候定的"))

    class Meta:
        verbose_name = gettext_lazy("发布规则")
        verbose_name_plural = gettext_lazy("发布规则")
        indexes: ClassVar = [models.Index(fields=["unit", "effective_from"], name="rule_setting_of_unit")]

    def __str__(self) -> str:
        return _("{rule}：{level}（{day}起）").format(rule=self.rule, level=self.get_level_display(), day=self.effective_from.isoformat())
