"""Which units a person may act on, for oneself and for others. One query a request, kept on the user object."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from .models import Delegation, Membership, Unit
from .names import Level

_CACHE = "_openness_roles"
_COLUMNS = ("role", "unit__path", "for_pk", "for_first", "for_last", "for_login")


@dataclass(frozen=True)
class Held:
    """One role on one unit: own, or of `giver` (a user's key), who is away and whose name is `giver_name`."""

    path: str
    giver: int | None = None
    giver_name: str = ""


OWN = Held("")


class Roles:
    """The memberships of one person, and the roles held for others today. A role on a unit covers the units below it."""

    def __init__(self, user: Any) -> None:
        self.held: dict[str, list[Held]] = {}
        self._everywhere: dict[frozenset[str], bool] = {}
        if user.is_active and user.is_authenticated:
            for role, path, *giver in _own(user).union(_taken(user), all=True):
                self.held.setdefault(role, []).append(Held(path, *_named(giver)))
        self.paths: dict[str, list[str]] = {role: [one.path for one in rows] for role, rows in self.held.items()}

    def any_of(self, roles: Iterable[str]) -> bool:
        return any(role in self.paths for role in roles)

    def cover(self, unit: Unit, roles: Iterable[str]) -> bool:
        return any(unit.path.startswith(path) for role in roles for path in self.paths.get(role, ()))

    def work_in(self, unit: Unit, roles: Iterable[str]) -> bool:
        """Whether one of the roles is held on this unit or on one below it."""
        return any(path.startswith(unit.path) for role in roles for path in self.paths.get(role, ()))

    def capacity(self, unit: Unit, roles: Iterable[str], barred: Collection[int | None] = ()) -> Held | None:
        """In whose name the person has one of the roles here: the own before another's; never in the name of one of `barred`."""
        found = [one for role in roles for one in self.held.get(role, ()) if unit.path.startswith(one.path)]
        fit = [one for one in found if one.giver is None or one.giver not in barred]
        return min(fit, key=lambda one: (one.giver is not None, one.giver or 0), default=None)

    def cover_all(self, roles: Iterable[str]) -> bool:
        """Whether one of the roles covers every county in use. One query for the same roles, however many entries of a menu ask."""
        asked = frozenset(roles)
        if asked not in self._everywhere:
            self._everywhere[asked] = self._cover_all(asked)
        return self._everywhere[asked]

    def _cover_all(self, roles: Iterable[str]) -> bool:
        paths = {path for role in roles for path in self.paths.get(role, ())}
        outside = Unit.objects.filter(level=Level.COUNTY, active=True)
        for path in paths:
            outside = outside.exclude(path__startswith=path)
        return bool(paths) and not outside.exists()

    def within(self, roles: Iterable[str], prefix: str = "") -> Q:
        """A condition on the units (or, with `prefix`, on what belongs to units) that the roles cover."""
        condition = Q(pk__in=[])
        for path in {path for role in roles for path in self.paths.get(role, ())}:
            condition |= Q(**{f"{prefix}path__startswith": path})
        return condition


def _own(user: Any) -> QuerySet[Any, Any]:
    nobody = {"for_first": Value(""), "for_last": Value(""), "for_login": Value("")}
    rows = Membership.objects.filter(user=user, unit__active=True).annotate(for_pk=Value(0, IntegerField()), **nobody)
    return rows.values_list(*_COLUMNS)


def _taken(user: Any) -> QuerySet[Any, Any]:
    giver = {"for_first": F("giver__first_name"), "for_last": F("giver__last_name"), "for_login": F("giver__username")}
    rows = in_force().filter(taker=user).annotate(for_pk=F("giver_id"), **giver)
    return rows.values_list(*_COLUMNS)


def in_force() -> QuerySet[Delegation]:
    """Delegations that give a right today: within their days, of givers who are still there and still have the role themselves."""
    target = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    still = Membership.objects.filter(user=OuterRef("giver"), role=OuterRef("role"), unit__active=True)
    still = still.annotate(target=target).filter(target__startswith=F("unit__path"))
    return Delegation.objects.on(timezone.localdate()).filter(Exists(still), giver__is_active=True, unit__active=True)


def _named(giver: list[Any]) -> tuple[int | None, str]:
    pk, first, last, login = giver
    return (pk, f"{first} {last}".strip() or login) if pk else (None, "")


def roles_of(user: Any) -> Roles:
    roles: Roles | None = getattr(user, _CACHE, None)
    if roles is None:
        roles = Roles(user)
        setattr(user, _CACHE, roles)
    return roles


def forget_roles(user: Any) -> None:
    """After the person's roles were changed within a request."""
    if hasattr(user, _CACHE):
        delattr(user, _CACHE)
