"""The one workflow of all units: the unit's own committee signs, then a reviewer of the unit or above approves."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import TaskState, Workflow, WorkflowContentType, WorkflowState, WorkflowTask
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from ..models import Disclosure, SignTask, UnitReviewTask

NAME = "乡镇（街道）审核"
SIGNING = "监督委员会签字"


def ensure_workflow() -> None:
    """Create workflow, steps and assignment where they are missing; change nothing else that is there."""
    content_type = ContentType.objects.get_for_model(Disclosure)
    if not WorkflowContentType.objects.filter(content_type=content_type).exists():
        workflow, _made = Workflow.objects.get_or_create(name=NAME)
        task, _made = UnitReviewTask.objects.get_or_create(name=NAME)
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 1})
        WorkflowContentType.objects.create(workflow=workflow, content_type=content_type)
    _ensure_signing(content_type)


def _ensure_signing(content_type: ContentType) -> None:
    """The step before the review, also in a workflow that is older than it. Somebody who took it out keeps it out: the step exists then."""
    if SignTask.objects.exists():
        return
    task = SignTask.objects.create(name=SIGNING)
    for workflow in Workflow.objects.filter(workflow_content_types__content_type=content_type, workflow_tasks__task__in=_reviews()):
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=-1)


def _reviews() -> Any:
    return UnitReviewTask.objects.values("task_ptr")


def no_wagtail_mails() -> None:
    """Wagtail writes to every superuser at each submission, within the request and partly in English: ours go through the delivery table."""
    for signal, sender, name in (
        (task_submitted, TaskState, "group_approval_task_submitted"),
        (workflow_submitted, WorkflowState, "workflow_state_submitted"),
        (workflow_rejected, WorkflowState, "workflow_state_rejected"),
        (workflow_approved, WorkflowState, "workflow_state_approved"),
    ):
        signal.disconnect(sender=sender, dispatch_uid=f"{name}_email_notification")
