"""Per-instance enforcement for every view of a view set.

Wagtail's generic views ask the policy the model's question only: with a policy alone, thirteen of twenty-two probes let a
clerk into another village's draft. This mixin goes in front of every view through `ViewSet.construct_view`.
"""

from typing import Any

from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from .refusal import Refused


class UnitScopedView:
    """What a person may not see does not exist for them: objects of other units answer 404."""

    model: Any
    request: HttpRequest
    object: Any

    def _policy(self) -> Any:
        return policy_registry.get_by_type(self.model)

    def _instance(self) -> Any | None:
        instance = getattr(self, "object", None)
        return instance if instance is not None and instance.pk else None

    def get_base_queryset(self) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_base_queryset()  # type: ignore[misc]
        if self._instance() is None and queryset.model is self.model:
            return queryset & self._policy().visible(self.request.user)
        return queryset

    def user_has_permission(self, permission: str) -> bool:
        """Ask about the instance; keep what the current workflow task grants on top of it, within the unit."""
        instance = self._instance()
        if instance is None:
            return bool(super().user_has_permission(permission))  # type: ignore[misc]
        if self._policy().user_has_permission_for_instance(self.request.user, permission, instance):
            return True
        task = getattr(instance, "current_workflow_task", None)
        ask = {"change": "user_can_access_editor", "lock": "user_can_lock", "unlock": "user_can_unlock"}.get(permission)
        return bool(task and ask and getattr(task, ask)(instance, self.request.user))

    def user_has_any_permission(self, permissions: Any) -> bool:
        if self._instance() is None:
            return bool(super().user_has_any_permission(permissions))  # type: ignore[misc]
        return any(self.user_has_permission(permission) for permission in permissions)

    def get_available_actions(self) -> list[str]:
        actions: list[str] = super().get_available_actions()  # type: ignore[misc]
        if "publish" in actions and not self._may_publish_directly():
            actions.remove("publish")
        return actions

    def _may_publish_directly(self) -> bool:
        """Where there is a review, it is the way to the public; only superusers may go past it."""
        reviewed = getattr(self.model, "get_default_workflow", lambda: None)() is not None
        return self.request.user.is_superuser or (not reviewed and self.user_has_permission("publish"))

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Before any view loads its object: some refuse with a redirect, which would tell that the object exists."""
        pk = kwargs.get("pk", args[0] if args else None)
        if pk is not None and not self._policy().visible(request.user).filter(pk=unquote(str(pk))).exists():
            raise Http404
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
            return response
        return self._write(request, *args, **kwargs)

    def _write(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One act, one transaction: text, revision, workflow, receipt and outbox stand or fall together."""
        try:
            with transaction.atomic():
                response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
                return response
        except Refused as refused:
            for sentence in refused.sentences:
                messages.error(request, sentence)
            return redirect(request.get_full_path() if self._instance() is None else self._edit_url())

    def _edit_url(self) -> str:
        url: str = self._instance().snippet_viewset.get_url_name("edit")  # type: ignore[union-attr]
        return reverse(url, args=[self._instance().pk])  # type: ignore[union-attr]


class UnitScopedViewSet:
    """Mixed in front of a view set: every view it builds is scoped, also the ones that Wagtail adds later."""

    def construct_view(self, view_class: type[Any], **kwargs: Any) -> Any:
        if not issubclass(view_class, UnitScopedView):
            view_class = type(view_class.__name__, (UnitScopedView, view_class), {"__module__": view_class.__module__})
        return super().construct_view(view_class, **kwargs)  # type: ignore[misc]
