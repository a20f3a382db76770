"""Who may bring in for whom, and who sees which job."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.roles import roles_of

from ..models import ImportJob, ImportUnit, Phase

LABEL = "imports.importjob"
_NOT_YET = (Phase.MAPPING, Phase.READING, Phase.CHECKING)  # which units the file names is not known to the end


def may_bring_in(user: Any, unit: Unit) -> bool:
    """No query: the person's roles are read once."""
    return bool(user and user.is_active and (user.is_superuser or roles_of(user).cover(unit, roles_for(LABEL, "add"))))


def units_of(user: Any) -> QuerySet[Unit]:
    """Units in use that the person may bring in for, in the order of the tree."""
    units = Unit.objects.filter(active=True, level__gte=Level.COUNTY)
    if not user.is_superuser:
        units = units.filter(roles_of(user).within(roles_for(LABEL, "add")))
    return units.order_by("path")


def covers_several(user: Any) -> bool:
    """More than one village: those who keep one only do not need the entry in their menu. No query."""
    paths = {path for role in roles_for(LABEL, "add") for path in roles_of(user).paths.get(role, ())}
    return bool(user.is_superuser or len(paths) > 1 or any(len(path) < Unit.steplen * Level.VILLAGE for path in paths))


def jobs_seen_by(user: Any) -> QuerySet[ImportJob]:
    """The own, and those whose every unit the person watches as an administrator or auditor."""
    jobs = ImportJob.objects.select_related("unit", "item")
    if user.is_superuser:
        return jobs
    own = Q(owner=user)
    roles = roles_for(LABEL, "view")
    if not roles_of(user).any_of(roles):
        return jobs.filter(own)
    named = ImportUnit.objects.filter(job=OuterRef("pk"))
    outside = named.exclude(roles_of(user).within(roles, "unit__"))
    return jobs.filter(own | (Q(Exists(named), ~Exists(outside)) & ~Q(phase__in=_NOT_YET)))
