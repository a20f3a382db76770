"""The one workflow of all units: a single review by a reviewer of the unit or above."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from ..models import Disclosure, UnitReviewTask

NAME = "乡镇（街道）审核"


def ensure_workflow() -> None:
    """Create workflow, task and assignment where they are missing; change nothing that is there."""
    content_type = ContentType.objects.get_for_model(Disclosure)
    if WorkflowContentType.objects.filter(content_type=content_type).exists():
        return
    workflow, _made = Workflow.objects.get_or_create(name=NAME)
    task, _made = UnitReviewTask.objects.get_or_create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    WorkflowContentType.objects.create(workflow=workflow, content_type=content_type)
