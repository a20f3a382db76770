"""What people say of cells: nothing to disclose this period, not to be disclosed, later, not our duty. Each with a reason and a name."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openness.disclosures.fields import QuietForeignKey
from openness.units.models import Unit

from .ledger import Duty


class _OfCell(models.Model):
    unit = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    duty = QuietForeignKey(Duty, on_delete=models.PROTECT, related_name="+", verbose_name=_("应公开事项"))
    reason = models.CharField(_("原因"), max_length=300)

    class Meta:
        abstract = True


class NilDeclaration(_OfCell):
    """零报告: nothing to disclose in this period, signed; it is shown in the unit's catalogue and can be taken back."""

    period = models.CharField(_("期次"), max_length=7)
    declared_by = models.CharField(_("申报人"), max_length=170)
    declared_at = models.DateTimeField(_("申报时间"))
    undone_by = models.CharField(_("撤回人"), max_length=170, blank=True)
    undone_at = models.DateTimeField(_("撤回时间"), null=True)

    class Meta:
        verbose_name = _("零报告")
        verbose_name_plural = _("零报告")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "duty", "period"], condition=Q(undone_at=None), name="nil_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.duty} · {self.period}"


class Waiver(_OfCell):
    """Not to be disclosed although the catalogue says so, for a reason, by somebody's decision, until a day."""

    period = models.CharField(_("期次"), max_length=7, blank=True)
    approved_by = models.CharField(_("批准人"), max_length=170)
    approved_at = models.DateTimeField(_("批准时间"))
    expires_on = models.DateField(_("到哪天为止"))

    class Meta:
        verbose_name = _("豁免")
        verbose_name_plural = _("豁免")

    def __str__(self) -> str:
        return f"{self.unit} · {self.duty} · {self.period}"


class Extension(_OfCell):
    """A later due date for one cell."""

    period = models.CharField(_("期次"), max_length=7, blank=True)
    due_on = models.DateField(_("延到哪天"))
    was_due_on = models.DateField(_("原来哪天"))
    approved_by = models.CharField(_("批准人"), max_length=170)
    approved_at = models.DateTimeField(_("批准时间"))

    class Meta:
        verbose_name = _("延期")
        verbose_name_plural = _("延期")

    def __str__(self) -> str:
        return f"{self.unit} · {self.duty} → {self.due_on}"


class Exemption(_OfCell):
    """A unit, with all below it, that the duty does not bind although its level and kind say so: a village without collective land."""

    decided_by = models.CharField(_("谁定的"), max_length=170)
    since = models.DateField(_("从哪天起"))
    until = models.DateField(_("到哪天为止"), null=True, blank=True)

    class Meta:
        verbose_name = _("不适用")
        verbose_name_plural = _("不适用")

    def __str__(self) -> str:
        return f"{self.unit} · {self.duty}"
