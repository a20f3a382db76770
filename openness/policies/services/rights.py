"""Who may do what with one policy or interpretation: the table of grants, and that nobody approves the own words."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from openness.units.admin.common import may_for
from openness.units.grants import roles_for
from openness.units.people import person, person_acting
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models import PublicText

POLICY, CARD, INTERPRETATION = "policies.policy", "policies.card", "policies.interpretation"
TOKEN, NEED_RULE = "policies.departmenttoken", "policies.needrule"


def label_of(text: PublicText) -> str:
    return text._meta.label_lower


def may(user: Any, text: PublicText, action: str) -> bool:
    return may_for(user, label_of(text), action, text.unit)


def check_may(user: Any, text: PublicText, action: str) -> None:
    """Raises: PermissionDenied."""
    if not may(user, text, action):
        raise PermissionDenied


def writers(text: PublicText) -> set[int]:
    """Keys of those who wrote a version of it."""
    wrote = set(text.revisions.exclude(user=None).values_list("user_id", flat=True))
    return wrote | ({text.author_id} if text.author_id else set())


def check_second(user: Any, text: PublicText) -> None:
    """Nobody publishes the own words, in whoever's name; the installation's superuser stands outside and shows in the record.

    Raises: Refused.
    """
    if user.is_superuser:
        return
    if user.pk in writers(text) or acting_for(user, text, "publish") is None:
        raise Refused(_("《{title}》是您自己写的，请别的审核人来公开。").format(title=text.title))


def acting_for(user: Any, text: PublicText, action: str) -> Any:
    """In whose name the person may; None where in nobody's."""
    return roles_of(user).capacity(text.unit, roles_for(label_of(text), action), writers(text))


def named(user: Any, text: PublicText, action: str) -> str:
    """How the record names who did it."""
    return person(user) if user is None or user.is_superuser else person_acting(user, acting_for(user, text, action))
