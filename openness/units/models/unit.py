"""The administrative tree."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from ..names import TIERS, Kind, Level
from ..signals import units_changed

_SHOWN = ("code", "short_name", "level", "kind", "active")


class Unit(MP_Node):
    """A province, city, county, township or village of the official division list. Never deleted: `active` goes off."""

    code = models.CharField(_("区划代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=80)
    level = models.PositiveSmallIntegerField(_("层级"), choices=Level.choices)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    active = models.BooleanField(_("在用"), default=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    hours = models.CharField(_("办公时间"), max_length=80, blank=True)
    board_place = models.CharField(_("公示栏在哪里"), max_length=120, blank=True)
    supervisor_phone = models.CharField(_("村务（居务）监督委员会电话"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        indexes: ClassVar = [models.Index(fields=["level", "active"]), models.Index(fields=["short_name"])]

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            before = Unit.objects.filter(pk=self.pk).values_list(*_SHOWN).first()
            super().save(*args, **kwargs)
            if before is not None and before != tuple(getattr(self, name) for name in _SHOWN):
                units_changed.send(sender=Unit, paths=[self.path])

    def move(self, target: "Unit", pos: str | None = None) -> None:
        """Treebeard's, which writes the tree by SQL of its own; whoever depends on the place is told in the same transaction."""
        with transaction.atomic():
            super().move(target, pos)
            self.refresh_from_db(fields=["path", "depth"])
            units_changed.send(sender=Unit, paths=[self.path])

    def get_absolute_url(self) -> str:
        return reverse("unit", args=[self.code])

    @property
    def is_leaf_level(self) -> bool:
        return self.level == Level.VILLAGE

    @property
    def tier(self) -> str:
        """The word catalogues use for this level, e.g. 乡级."""
        level = Level(self.level)
        return TIERS.get(level, str(level.label))


def line_of(path: str) -> list[str]:
    """The treebeard paths from the top of the tree down to this one, itself included."""
    return [path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]
