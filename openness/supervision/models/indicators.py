"""Inspection indicators and limits as data: each row is one version, which is never changed once it is in force."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openness.units.names import Level


class Indicator(models.Model):
    """One version of one indicator. `area` is empty for the whole site; a county's own version goes before it.

    A weight is the share of the score at that level; 0 is looked at but not counted, empty does not apply to the level.
    """

    key = models.SlugField(gettext_lazy("标识"), max_length=40)
    area = models.CharField(gettext_lazy("县级区划代码"), max_length=12, blank=True)
    effective_from = models.DateField(gettext_lazy("从哪天起用"))
    name = models.CharField(gettext_lazy("指标"), max_length=80)
    kind = models.CharField(gettext_lazy("怎么算"), max_length=30)
    parameters = models.JSONField(gettext_lazy("参数"), default=dict)
    weight_county = models.DecimalField(gettext_lazy("县级权重"), max_digits=5, decimal_places=2, null=True, blank=True)
    weight_township = models.DecimalField(gettext_lazy("乡级权重"), max_digits=5, decimal_places=2, null=True, blank=True)
    weight_village = models.DecimalField(gettext_lazy("村级权重"), max_digits=5, decimal_places=2, null=True, blank=True)
    veto = models.BooleanField(gettext_lazy("单项否决"), default=False)
    retired = models.BooleanField(gettext_lazy("从这天起不再用"), default=False)
    position = models.PositiveSmallIntegerField(gettext_lazy("顺序"), default=100)
    source = models.CharField(gettext_lazy("依据"), max_length=300)
    made_by = models.CharField(gettext_lazy("谁定的"), max_length=170, blank=True)
    made_at = models.DateTimeField(gettext_lazy("什么时候定的"), default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("考核指标")
        verbose_name_plural = gettext_lazy("考核指标")
        ordering: ClassVar = ["position", "key", "area", "effective_from"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "area", "effective_from"], name="indicator_version_once")]

    def __str__(self) -> str:
        return _("{name}（{day}起）").format(name=self.name, day=self.effective_from.isoformat())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to rewrite what somebody may have been scored by."""
        stored = type(self).objects.filter(pk=self.pk).values_list("effective_from", flat=True).first() if self.pk else None
        if stored is not None and stored <= timezone.localdate():
            raise ValidationError(_("“{name}”已经在用，不能改；请另立一版。").format(name=self.name))
        super().save(*args, **kwargs)

    def weight(self, level: int) -> Decimal | None:
        """The weight at a level (3 county, 4 township, 5 village); None where the indicator does not apply."""
        return {
            Level.COUNTY: self.weight_county,
            Level.TOWNSHIP: self.weight_township,
            Level.VILLAGE: self.weight_village,
        }.get(Level(level))
