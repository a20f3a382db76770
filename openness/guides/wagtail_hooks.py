from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from openness.units.policy import UnitPolicy

from .models import ServiceGuide

# Before the view set: once it has asked, Wagtail keeps its own fallback policy.
register_permission_policy(ServiceGuide, UnitPolicy(ServiceGuide))

from .admin.gaps import gaps  # noqa: E402
from .admin.viewsets import GuideViewSet  # noqa: E402

register_snippet(GuideViewSet)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("guide-gaps/", gaps, name="guide_gaps")]
