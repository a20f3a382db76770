from typing import Any

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from .grants import roles_for
from .models import Membership, Unit
from .names import Level
from .policy import UnitPolicy
from .roles import roles_of

register_permission_policy(Membership, UnitPolicy(Membership))


@hooks.register("catalog_areas_of_user")
def areas_of_user(user: Any) -> list[tuple[str, str]]:
    counties = Unit.objects.filter(level=Level.COUNTY, active=True)
    if not user.is_superuser:
        counties = counties.filter(roles_of(user).within(roles_for("catalog.standard", "add")))
    return list(counties.values_list("code", "name"))


# After the policy: once a view set has asked, Wagtail keeps its own fallback.
from .admin import MembershipViewSet  # noqa: E402

register_snippet(MembershipViewSet)
