"""请人代办: a person hands the own role to another for some days, or an administrator does it for somebody of the county."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..grants import roles_for
from ..models import Delegation, Membership, Unit, line_of
from ..people import county_of, person, working_below
from ..refusal import Refused
from ..roles import roles_of

LABEL = "units.delegation"
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Leave:
    """Whose role on which unit goes to whom, from which day to which, both included, and why."""

    giver: Any
    taker: Any
    role: str
    unit: Unit
    since: date
    until: date
    reason: str


def delegate(by: Any, leave: Leave) -> Delegation:
    """Write it down; it begins and ends by itself.

    Raises:
        Refused: with every sentence that applies.
    """
    if sentences := [*_who(by, leave), *_when(leave)]:
        raise Refused(*sentences)
    columns = {name: getattr(leave, name) for name in ("giver", "taker", "role", "unit", "since", "until")}
    return Delegation.objects.create(**columns, reason=leave.reason.strip()[:200], made_by=person(by), made_at=timezone.now())


def _who(by: Any, leave: Leave) -> list[str]:
    found = []
    if leave.giver == leave.taker:
        found.append(_("不能请自己代办，请选别的人。"))
    if not (leave.taker.is_active and working_below(county_of(leave.unit).path).filter(pk=leave.taker.pk).exists()):
        found.append(_("代办的人要在本县（区）有分工，帐号在用。"))
    if not has_own_role(leave.giver, leave.role, leave.unit):
        found.append(_("{name}在{unit}没有这个角色，不能请人代办。").format(name=leave.giver, unit=leave.unit))
    if by != leave.giver and not may_delegate_for_others(by, leave.unit):
        found.append(_("只能请人代办自己的工作；别人的，由县级管理员来办。"))
    if by != leave.giver and by == leave.taker and not by.is_superuser:
        found.append(_("不能把别人的工作指给自己，请别的管理员来办。"))
    return found


def _when(leave: Leave) -> list[str]:
    found = []
    if leave.until < leave.since:
        found.append(_("结束的日子不能早于开始的日子。"))
    if leave.until < timezone.localdate():
        found.append(_("结束的日子已经过去了。"))
    if leave.until - leave.since > LONGEST:
        found.append(_("代办最长一年。时间更长的，请管理员办交接。"))
    if not leave.reason.strip():
        found.append(_("请写一下原因，例如：出差、休假。"))
    return found


def has_own_role(user: Any, role: str, unit: Unit) -> bool:
    """By a membership of the own, on the unit or above it: what one does for another cannot be handed on."""
    rows = Membership.objects.filter(user=user, role=role, unit__active=True, unit__path__in=line_of(unit.path))
    return bool(user.is_active) and rows.exists()


def may_delegate_for_others(user: Any, unit: Unit) -> bool:
    return bool(user.is_superuser or roles_of(user).capacity(unit, roles_for(LABEL, "change")))


def end_delegation(delegation: Delegation, by: Any) -> None:
    """Before its day: by who gave it, who has it, or an administrator. Ended ones stay ended.

    Raises:
        Refused: to everybody else.
    """
    if by not in (delegation.giver, delegation.taker) and not may_delegate_for_others(by, delegation.unit):
        raise Refused(_("这项代办不归您管。"))
    Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=person(by))


def seen_by(user: Any) -> Q:
    """Those that one gave or has, and for administrators and auditors those of their county."""
    own = Q(giver=user) | Q(taker=user)
    wide = roles_for(LABEL, "change") | roles_for("units.handover", "view")
    return Q() if user.is_superuser else own | roles_of(user).within(wide, "unit__")
