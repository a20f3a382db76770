"""Answers Django's `user.has_perm()` from Membership, so that no group and no permission row is needed."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from .grants import SITE_WIDE, roles_for
from .models import Unit
from .roles import roles_of


class MembershipBackend(BaseBackend):
    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Answer "app.action_model", for the unit of `obj` if one is given (an object with `unit`, or with an `area` code).

        What a county has laid down for itself is read by whoever works anywhere in it.
        """
        if not user_obj.is_active:
            return False
        if perm == "wagtailadmin.access_admin":
            return bool(roles_of(user_obj).paths)
        app, _, codename = perm.partition(".")
        action, _, model = codename.partition("_")
        roles = roles_for(f"{app}.{model}", action)
        if f"{app}.{model}" in SITE_WIDE:
            return roles_of(user_obj).cover_all(roles)
        if obj is None:
            return roles_of(user_obj).any_of(roles)
        unit = _unit_of(obj)
        held = roles_of(user_obj)
        return unit is not None and (held.cover(unit, roles) or (action == "view" and hasattr(obj, "area") and held.work_in(unit, roles)))


def _unit_of(obj: Any) -> Unit | None:
    if isinstance(obj, Unit):
        return obj
    if hasattr(obj, "area"):
        return Unit.objects.filter(code=obj.area).first()
    unit: Unit | None = getattr(obj, "unit", None)
    return unit
