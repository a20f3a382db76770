"""Which units a person may act on. One query a request, kept on the user object."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from .models import Membership, Unit
from .names import Level

_CACHE = "_openness_roles"


class Roles:
    """The memberships of one person: role -> treebeard paths. A role on a unit covers the units below it."""

    def __init__(self, user: Any) -> None:
        self.paths: dict[str, list[str]] = {}
        if user.is_active and user.is_authenticated:
            rows = Membership.objects.filter(user=user, unit__active=True).values_list("role", "unit__path")
            for role, path in rows:
                self.paths.setdefault(role, []).append(path)

    def any_of(self, roles: Iterable[str]) -> bool:
        return any(role in self.paths for role in roles)

    def cover(self, unit: Unit, roles: Iterable[str]) -> bool:
        return any(unit.path.startswith(path) for role in roles for path in self.paths.get(role, ()))

    def cover_all(self, roles: Iterable[str]) -> bool:
        """Whether one of the roles covers every county in use."""
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


def roles_of(user: Any) -> Roles:
    roles: Roles | None = getattr(user, _CACHE, None)
    if roles is None:
        roles = Roles(user)
        setattr(user, _CACHE, roles)
    return roles
