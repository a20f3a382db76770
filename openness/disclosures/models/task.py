"""One review step for every unit: who may act is read from Membership, so no unit has a task or group of its own."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Task, TaskState
from wagtail.permissions import policy_registry

from .override_task import LetsThrough


class UnitReviewTask(LetsThrough, Task):
    """Review by a reviewer of the unit or of a unit above it, who did not write the text."""

    class Meta:
        verbose_name = gettext_lazy("上级审核")
        verbose_name_plural = gettext_lazy("上级审核")

    def _may_review(self, obj: Any, user: Any) -> bool:
        return bool(policy_registry.get(obj).user_has_permission_for_instance(user, "publish", obj))

    def _wrote(self, obj: Any, user: Any) -> bool:
        """Whether this is the own text: who wrote it or sent it in. A reviewer who mends a word may still approve."""
        state = obj.current_workflow_state
        return user.pk in {obj.author_id, state.requested_by_id if state else None}

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self._may_review(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self._may_review(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self._may_review(obj, user)

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        return self._may_review(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not self._may_review(obj, user) or self._wrote(obj, user):
            return []
        return [("reject", _("退回修改"), True), ("approve", _("审核通过"), False), ("approve", _("写意见并通过"), True)]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        from .disclosure import Disclosure

        policy = policy_registry.get_by_type(Disclosure)
        reviewable = policy.instances_user_has_permission_for(user, "publish").annotate(key=Cast("pk", TextField()))
        return TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            task=self.task_ptr,
            workflow_state__base_content_type=ContentType.objects.get_for_model(Disclosure),
            workflow_state__object_id__in=reviewable.values("key"),
        )

    @classmethod
    def get_description(cls) -> str:
        return _("由本单位或上级单位的审核人审核；自己写的不能自己审")
