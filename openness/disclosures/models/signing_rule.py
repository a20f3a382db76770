"""谁来签字: before a text of a village or community is public, its own supervisory body says yes. Who, for what, since when: data."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from openness.units.models import Unit
from openness.units.names import Kind, Level

from ..fields import QuietForeignKey


class Body(models.TextChoices):
    """Who may sign for a village or a community."""

    SUPERVISION = "supervision", _("村务监督委员会")
    RESIDENTS = "residents", _("居务监督委员会")
    FINANCE = "finance", _("民主理财小组")


class UnitKind(models.TextChoices):
    VILLAGE = "village", _("村")
    COMMUNITY = "community", _("社区（居委会）")
    TOWNSHIP = "township", _("乡镇（街道）")


def unit_kind(unit: Unit) -> str:
    """Which rules a unit comes under; none above the townships. Quasi units at the lowest level come under those of villages."""
    if unit.level == Level.VILLAGE:
        return str(UnitKind.COMMUNITY if unit.kind == Kind.COMMUNITY else UnitKind.VILLAGE)
    return str(UnitKind.TOWNSHIP) if unit.level == Level.TOWNSHIP else ""


class SigningRule(models.Model):
    """Never changed: a new row counts from its day on, and the rows before it are the history. No body: nobody has to sign.

    For an item the rule of the item counts, else that of its field, else that of all; of several the newest that has begun.
    """

    county = QuietForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("县（区）"))
    kind = models.CharField(_("哪类单位"), max_length=10, choices=UnitKind.choices)
    field = models.CharField(_("领域"), max_length=80, blank=True)
    item_key = models.CharField(_("事项标识"), max_length=16, blank=True)
    item_name = models.CharField(_("事项"), max_length=300, blank=True)
    body = models.CharField(_("谁签字"), max_length=12, choices=Body.choices, blank=True)
    other_body = models.CharField(_("也可以由谁签"), max_length=12, choices=Body.choices, blank=True)
    names_public = models.BooleanField(_("公开签字人姓名"), default=False)
    source = models.CharField(_("依据"), max_length=200)
    since = models.DateField(_("从哪天起"))
    made_by = models.CharField(_("谁定的"), max_length=170)
    made_at = models.DateTimeField(_("什么时候定的"))

    class Meta:
        verbose_name = _("签字规定")
        verbose_name_plural = _("签字规定")
        indexes: ClassVar = [models.Index(fields=["county", "since"], name="signing_rule_of_county")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.scope} · {self.who}"

    @property
    def scope(self) -> Any:
        """What it is about, in words."""
        if self.item_key:
            return f"{self.field} · {self.item_name}"
        return self.field or _("全部事项")

    @property
    def bodies(self) -> list[str]:
        return [body for body in (self.body, self.other_body) if body]

    @property
    def who(self) -> Any:
        return _("或者").join(str(Body(body).label) for body in self.bodies) or _("不用签字")
