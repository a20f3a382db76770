"""Which level each rule has for a unit on a day, and how a county sets another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.names import Level as UnitLevel
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models.rule_setting import RuleSetting
from ..rules.level import Level, harder
from ..rules.rule import Rule
from .receipts import person

LABEL = "disclosures.rulesetting"
_SITE = ""


def county_path(unit: Unit) -> str:
    """The path of the county that the unit is or lies in; empty above the counties."""
    return unit.path[: Unit.steplen * UnitLevel.COUNTY] if unit.depth >= UnitLevel.COUNTY else _SITE


class Levels:
    """The settings in force on a day for these units: one query, whatever their number."""

    def __init__(self, units: Iterable[Unit], day: date) -> None:
        paths = {county_path(unit) for unit in units} - {_SITE}
        rows = RuleSetting.objects.filter(effective_from__lte=day).filter(Q(unit=None) | Q(unit__path__in=paths)).select_related("unit")
        self._rows = {(row.unit.path if row.unit else _SITE, row.rule): row for row in rows.order_by("effective_from", "pk")}

    def setting(self, rule: Rule, unit: Unit | None) -> RuleSetting | None:
        """The row that counts; None while nobody has set anything."""
        own = self._rows.get((county_path(unit), rule.code)) if unit is not None else None
        return own or self._rows.get((_SITE, rule.code))

    def of(self, rule: Rule, unit: Unit | None) -> Level:
        """Never softer than the floor, which may have been raised after a county set its level."""
        row = self.setting(rule, unit)
        return harder(Level(row.level), rule.floor) if row else rule.level


def may_set(user: Any, county: Unit | None) -> bool:
    """The whole site's belong to who covers every county; a county's own to who covers it."""
    roles = roles_for(LABEL, "change")
    if user.is_superuser or not user.is_active:
        return bool(user.is_active)
    return roles_of(user).cover(county, roles) if county is not None else roles_of(user).cover_all(roles)


class SettingRefused(Refused):
    """The level cannot be set like this; nothing was changed."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants a rule to be from a day on."""

    level: str
    reason: str
    effective_from: date


def set_level(rule: Rule, county: Unit | None, wish: Wish, user: Any) -> RuleSetting:
    """Add a setting. Earlier ones stay as history.

    Raises:
        SettingRefused: not the person's to set, below the floor, without a reason, or from a day that is over.
    """
    if not may_set(user, county) or (county is not None and county.level != UnitLevel.COUNTY):
        raise SettingRefused(_("这里的发布规则不归您管。"))
    _check(rule, wish)
    return RuleSetting.objects.create(
        rule=rule.code, unit=county, level=wish.level, reason=wish.reason.strip(), effective_from=wish.effective_from,
        made_by=person(user), made_at=timezone.now(),
    )  # fmt: skip


def _check(rule: Rule, wish: Wish) -> None:
    if wish.level not in Level:
        raise SettingRefused(_("请选“必须改”“请看一看”或“提示”。"))
    if Level(wish.level).rank < rule.floor.rank:
        words = _("“{rule}”最低是“{floor}”，不能再放宽。{basis}")
        basis = _("依据：{basis}。").format(basis=rule.basis) if rule.basis else ""
        raise SettingRefused(words.format(rule=rule.name, floor=rule.floor.label, basis=basis))
    if not wish.reason.strip():
        raise SettingRefused(_("请写明为什么这样定。"))
    if wish.effective_from < timezone.localdate():
        raise SettingRefused(_("最早从今天起用：以前的按以前的规则。"))
