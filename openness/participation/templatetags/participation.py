"""What a disclosure's page offers to those who have something to say about it."""

from typing import Any

from django import template

from openness.disclosures.models import Disclosure

from ..models import Kind, State, Submission
from ..services.figures import open_objections

register = template.Library()


@register.inclusion_tag("participation/parts/about.html")
def say_something(disclosure: Disclosure) -> dict[str, Any]:
    """Links to the forms, and the objections that may be shown with their answers. One query."""
    objections = Submission.objects.filter(disclosure=disclosure.pk, kind=Kind.OBJECTION, shown_at__isnull=False, state=State.ANSWERED)
    return {"disclosure": disclosure, "objections": list(objections.order_by("answered_at")[:20])}


@register.inclusion_tag("participation/admin/objections.html")
def objections_waiting(disclosure: Disclosure) -> dict[str, Any]:
    """For who signs, approves or watches: objections that nobody has answered yet. One query."""
    return {"number": open_objections(disclosure.pk), "disclosure": disclosure}
