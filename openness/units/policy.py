"""Wagtail's permission policy over Membership: the same table answers the model's question and the instance's."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from .grants import GRANTS, roles_for
from .models import Membership, Unit, line_of
from .roles import in_force, roles_of


class UnitPolicy(BasePermissionPolicy):
    """For a model with a `unit`: a person acts on it as far as the roles on that unit, or on one above it, allow."""

    def __init__(self, model: type[Model], unit_field: str = "unit") -> None:
        super().__init__(model)
        self.unit_field = unit_field
        self.label = model._meta.label_lower

    def roles(self, actions: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(roles_for(self.label, action) for action in actions))

    def unit_of(self, instance: Any) -> Unit | None:
        unit = instance
        for part in self.unit_field.split("__"):
            unit = getattr(unit, part, None)
        return unit

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return bool(user.is_active and (user.is_superuser or roles_of(user).any_of(self.roles(actions))))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        if not user.is_active or user.is_superuser:
            return bool(user.is_active)
        unit = self.unit_of(instance)
        return unit is not None and roles_of(user).cover(unit, self.roles(actions))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        everything = self.model._default_manager.all()
        if not user.is_active:
            return everything.none()
        if user.is_superuser:
            return everything
        return everything.filter(roles_of(user).within(self.roles(actions), f"{self.unit_field}__"))

    def visible(self, user: Any) -> QuerySet[Any]:
        """Everything that the person may see, whatever else they may do with it."""
        return self.instances_user_has_any_permission_for(user, GRANTS[self.label])

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        return _active_users(role__in=self.roles(actions))

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> QuerySet[Any]:
        unit = self.unit_of(instance)
        above = line_of(unit.path) if unit is not None else []
        return _active_users(role__in=self.roles(actions), unit__path__in=above)


def _active_users(**condition: Any) -> QuerySet[Any]:
    """Superusers, those who have such a role, and those who stand in for them today."""
    own, taken = Membership.objects.filter(**condition).values("user"), in_force().filter(**condition).values("taker")
    people = Q(is_superuser=True) | Q(pk__in=own) | Q(pk__in=taken)
    return get_user_model().objects.filter(people, is_active=True)
