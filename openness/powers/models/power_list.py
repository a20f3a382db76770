"""Lists of what an office may and must do, in versions: a draft is written, then published, and from then on frozen by the database.

权责清单: 中办发〔2015〕21号; 行政许可事项清单: 国办发〔2022〕2号 (全国统一清单管理, 动态调整).
"""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey
from openness.units.models import Unit


class Kind(models.TextChoices):
    POWERS = "powers", _("权责清单")
    LICENCES = "licences", _("行政许可事项清单")


class PowerListQuerySet(models.QuerySet["PowerList"]):
    def with_current(self, today: date) -> Any:
        """The lists (a query set of them) with `current_id`: the key of the version in force on a day, None before the first."""
        newest = ListVersion.objects.in_force(today).filter(power_list=OuterRef("pk")).order_by("-number").values("pk")[:1]
        return self.annotate(current_id=Subquery(newest))


class PowerList(models.Model):
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="power_lists", verbose_name=_("哪个单位的清单"))
    kind = models.CharField(_("哪一种清单"), max_length=10, choices=Kind.choices)

    objects = PowerListQuerySet.as_manager()

    class Meta:
        verbose_name = _("清单")
        verbose_name_plural = _("清单")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "kind"], name="power_list_once")]

    def __str__(self) -> str:
        return gettext("{unit}{kind}").format(unit=self.unit, kind=self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("power_list", args=[self.pk])


class ListVersionQuerySet(models.QuerySet["ListVersion"]):
    def public(self) -> "ListVersionQuerySet":
        return self.filter(published_at__isnull=False)

    def in_force(self, today: date) -> "ListVersionQuerySet":
        """Published and begun; the one of the highest number of a list is the one that counts."""
        return self.public().filter(in_force_from__lte=today)


class ListVersion(models.Model):
    """`number` is 0 while it is a draft; a list has one draft at most. `hash` covers every entry and the version before."""

    power_list = QuietForeignKey(PowerList, on_delete=models.PROTECT, related_name="versions", verbose_name=_("清单"))
    number = models.PositiveSmallIntegerField(_("第几版"), default=0)
    in_force_from = models.DateField(_("施行日期"), null=True, blank=True)
    document_number = models.CharField(_("文号"), max_length=80, blank=True)
    basis = models.CharField(_("公布或者调整的依据"), max_length=300, blank=True)
    file_name = models.CharField(_("来自哪个文件"), max_length=200, blank=True)
    author = QuietForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人"))
    written_by = models.CharField(_("谁写的"), max_length=170)
    written_at = models.DateTimeField(_("写的时间"), auto_now_add=True)
    published_at = models.DateTimeField(_("公布时间"), null=True)
    published_by = models.CharField(_("谁公布的"), max_length=170, blank=True)
    hash = models.CharField(_("指纹"), max_length=64, blank=True)
    previous_hash = models.CharField(_("上一版的指纹"), max_length=64, blank=True)

    objects = ListVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("清单版本")
        verbose_name_plural = _("清单版本")
        ordering: ClassVar = ["power_list", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["power_list", "number"], name="version_of_list_once")]
        indexes: ClassVar = [models.Index(fields=["power_list", "-number"], condition=Q(published_at__isnull=False), name="version_public")]

    def __str__(self) -> str:
        return gettext("第 {n} 版").format(n=self.number) if self.number else gettext("草稿")

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def address(self) -> str:
        return reverse("power_version", args=[self.power_list_id, self.number])
