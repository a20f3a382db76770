"""How people are named, and who works in a place."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from .models import Membership, Unit
from .names import Level
from .roles import Held, in_force

_LONGEST_NAME = 60


def person(user: Any) -> str:
    """How a record names somebody: full name and number of the account."""
    return f"{name_of(user)} #{user.pk}" if user else "系统"


def person_acting(user: Any, held: Held | None) -> str:
    """The same, with 代 and the name of whom the person stands in for."""
    if held is None or held.giver is None:
        return person(user)
    return f"{person(user)}（代{held.giver_name[:_LONGEST_NAME]} #{held.giver}）"


def name_of(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())[:_LONGEST_NAME]


def county_of(unit: Unit) -> Unit:
    """The county of a unit; the unit itself where it stands above the counties."""
    if unit.level <= Level.COUNTY:
        return unit
    return Unit.objects.get(path=unit.path[: Unit.steplen * Level.COUNTY])


def working_below(path: str) -> QuerySet[Any]:
    """Active accounts with a role at this place or below it, superusers left out, by name of the account."""
    rows = Membership.objects.filter(unit__path__startswith=path, unit__active=True).values("user")
    people: QuerySet[Any] = get_user_model().objects.filter(pk__in=rows, is_active=True, is_superuser=False)
    return people.order_by("username")


def roles_in_words(memberships: Iterable[Membership]) -> str:
    """搜登站村 经办人、半拉山村 经办人"""
    return "、".join(f"{row.unit} {row.get_role_display()}" for row in memberships)


def holders(roles: Iterable[str]) -> dict[str, list[Any]]:
    """Path of a unit -> the active people who have one of the roles there today, stand-ins included, each once. Two queries."""
    wanted = list(roles)
    own = Membership.objects.filter(role__in=wanted, user__is_active=True, unit__active=True).select_related("user", "unit")
    taken = in_force().filter(role__in=wanted, taker__is_active=True).select_related("taker", "unit")
    found: dict[str, list[Any]] = {}
    for path, user in [*((row.unit.path, row.user) for row in own), *((row.unit.path, row.taker) for row in taken)]:
        at = found.setdefault(path, [])
        if user not in at:
            at.append(user)
    return found
