"""The two steps of every text: its own committee signs, then the township approves. Who may act is read from Membership: no unit has a task."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Task, TaskState

from openness.units.grants import roles_for
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from .override_task import LetsThrough

Action = tuple[str, str, bool]


class UnitTask(Task):
    """A step at which people with a role on the text's unit act. `may` is a model label and an action of GRANTS."""

    may: ClassVar[tuple[str, str]]

    class Meta:
        abstract = True

    def get_form_for_action(self, action: str) -> Any:
        """Sending back asks for words."""
        from ..admin.forms import ReturnForm

        return ReturnForm if action == "reject" else super().get_form_for_action(action)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Wagtail's view asks about the text in its address and acts on the step in its address: they need not belong together."""
        if action_name not in {name for name, _label, _more in self.get_actions(task_state.workflow_state.content_object, user)}:
            raise Refused(_("这一条不归您办：不在您的单位，或者是自己写的、自己签的。"))
        if action_name == "reject" and not str(kwargs.get("comment", "")).strip():
            raise Refused(_("退回要写一句话，说清哪里要改。"))
        return self.act(task_state, user, action_name, **kwargs)

    def act(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """What the action does, by a person who may."""
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        from .disclosure import Disclosure

        texts = Disclosure.objects.filter(self.units_of(user)).annotate(key=Cast("pk", TextField()))
        return TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            task=self.task_ptr,
            workflow_state__base_content_type=ContentType.objects.get_for_model(Disclosure),
            workflow_state__object_id__in=texts.values("key"),
        )

    @classmethod
    def units_of(cls, user: Any) -> Q:
        """A condition on disclosures: those at whose unit the person acts at this step."""
        return roles_of(user).within(roles_for(*cls.may), "unit__")


class SignTask(UnitTask):
    """The unit's own supervisory body signs, on the screen or on paper. Where no rule asks for it, the step is passed with a note."""

    may = ("disclosures.signature", "add")

    class Meta:
        verbose_name = gettext_lazy("监督委员会签字")
        verbose_name_plural = gettext_lazy("监督委员会签字")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Passed at once where nobody has to sign, or somebody has signed this very text."""
        from ..services.signing import why_passed

        state = super().start(workflow_state, user)
        reason = why_passed(state.revision.as_object())
        if reason:
            TaskState.objects.filter(pk=state.pk).update(status=TaskState.STATUS_SKIPPED, comment=reason, finished_at=state.started_at)
            state.refresh_from_db()
        return state

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """What lies before the committee is not changed under its eyes; the clerk may take it back."""
        return not user.is_superuser

    def get_actions(self, obj: Any, user: Any) -> list[Action]:
        from ..services.separation import may_sign

        if may_sign(user, obj) is None:
            return []
        return [("reject", _("退回修改"), True), ("approve", _("签字"), False)]

    def act(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """`body` and `seen` say for which body, and which text the person has read; see `sign`."""
        from ..services.signing import in_words, sign

        how = {name: kwargs.pop(name) for name in ("body", "seen") if name in kwargs}
        if action_name == "approve":
            signature = sign(task_state.workflow_state.content_object, user, **how)
            kwargs["comment"] = kwargs.get("comment") or in_words(signature)
        return super().act(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return _("由本村（居）的监督委员会或者民主理财小组签字；谁来签字，按“谁来签字”里的规定")


class UnitReviewTask(LetsThrough, UnitTask):
    """Review by a reviewer of the unit or of a unit above it, who neither wrote nor signed the text."""

    may = ("disclosures.disclosure", "publish")

    class Meta:
        verbose_name = gettext_lazy("上级审核")
        verbose_name_plural = gettext_lazy("上级审核")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """A text that was changed after it was signed goes before the committee again first."""
        from ..services.signing import why_passed

        text = workflow_state.content_object.get_latest_revision().as_object()
        signing = None if why_passed(text) else _signing_step(workflow_state)
        if signing is None:
            return super().start(workflow_state, user)
        workflow_state.task_states.filter(task=signing.task_ptr, status__in=_PASSED).update(status=TaskState.STATUS_CANCELLED)
        return signing.start(workflow_state, user)

    @classmethod
    def units_of(cls, user: Any) -> Q:
        return Q() if user.is_superuser else super().units_of(user)

    def _may_review(self, obj: Any, user: Any) -> bool:
        return bool(user.is_superuser or roles_of(user).cover(obj.unit, roles_for(*self.may)))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self._may_review(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self._may_review(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self._may_review(obj, user)

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        return self._may_review(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[Action]:
        from ..services.separation import may_approve

        if may_approve(user, obj) is None:
            return []
        return [("reject", _("退回修改"), True), ("approve", _("审核通过"), False), ("approve", _("写意见并通过"), True)]

    def act(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """A reviewer may mend a word while approving; where a signature is asked for, the new text is signed first."""
        from ..services.signing import why_passed

        text = task_state.workflow_state.content_object.get_latest_revision().as_object()
        if action_name == "approve" and not why_passed(text):
            task_state.cancel(user=user, resume=True, comment=_("签字以后文字改过，先请监督委员会重新签字。"))
            return None
        return super().act(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return _("由本单位或上级单位的审核人审核；自己写的、自己签的不能自己审")


_PASSED: Iterable[str] = (TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)


def _signing_step(workflow_state: Any) -> SignTask | None:
    return SignTask.objects.filter(active=True, workflow_tasks__workflow=workflow_state.workflow_id).first()
