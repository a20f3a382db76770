"""Who may touch the catalogue of which county: asked of Django's auth backends, so that catalog needs to know nobody."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from .models import Standard

_ANY = ("add", "change", "view")


class AreaPolicy(BasePermissionPolicy):
    """A person acts on a standard as far as `user.has_perm("catalog.<action>_standard", standard)` says."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.has_perm(f"catalog.{action}_standard"))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return bool(user.has_perm(f"catalog.{action}_standard", instance))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Standard]:
        """One question a county, not one a standard."""
        actions = list(actions)
        areas = Standard.objects.values_list("area", flat=True).distinct()
        allowed = [area for area in areas if self.user_has_any_permission_for_instance(user, actions, Standard(area=area))]
        return Standard.objects.filter(area__in=allowed)

    def visible(self, user: Any) -> QuerySet[Standard]:
        return self.instances_user_has_any_permission_for(user, _ANY)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        return get_user_model().objects.filter(is_active=True, is_superuser=True)
