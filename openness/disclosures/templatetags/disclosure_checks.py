"""The rules in templates: {% check_summary object %} for pages of the review, {% check_broken object as broken %} for the approval."""

from typing import Any

from django import template

from ..services.override import Broken, broken_rules
from ..services.summary import summary_of

register = template.Library()


@register.inclusion_tag("disclosures/admin/check_list.html", takes_context=True)
def check_summary(context: dict[str, Any], disclosure: Any) -> dict[str, Any]:
    """All findings of this version, by level."""
    return {"summary": summary_of(disclosure, context["request"].user)}


@register.simple_tag
def check_broken(disclosure: Any) -> list[Broken]:
    """What blocks the latest version, each with the writer's reason."""
    return broken_rules(disclosure.get_latest_revision_as_object())
