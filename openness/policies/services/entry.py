"""统一录入: what the form and the interface send becomes a draft. Nothing here publishes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from openness.pagecache.topics import changing
from openness.units.models import Unit
from openness.units.refusal import Refused

from ..models import Interpretation, Policy, PublicText, Stage
from .duplicates import remember
from .rights import check_may

Columns = Mapping[str, Any]


@transaction.atomic
def enter(unit: Unit, columns: Columns, user: Any = None, department: str = "") -> Policy:
    """A new draft of a policy. `user` is None where a department's program sent it: then nobody is barred from approving it."""
    policy = Policy(unit=unit, live=False, author=user, department=department, **columns)
    _begin(policy, user)
    remember(policy, policy)
    return policy


@transaction.atomic
def enter_interpretation(unit: Unit, columns: Columns, policies: list[Policy], user: Any) -> Interpretation:
    text = Interpretation(unit=unit, live=False, author=user, **columns)
    _begin(text, user)
    text.policies.set(policies)
    return text


def _begin(text: PublicText, user: Any) -> None:
    with changing(()):
        text.save()
        text.save_revision(user=user, clean=False)


@transaction.atomic
def change(text: PublicText, columns: Columns, user: Any) -> None:
    """A new draft above what is public. What waits for approval goes back to its writer's desk.

    Raises: PermissionDenied.
    """
    check_may(user, text, "change")
    draft = text.draft
    for name, value in columns.items():
        setattr(draft, name, value)
    with changing(()):
        if not text.live and text.withdrawn_at is None:
            draft.save()
        draft.save_revision(user=user, clean=False)
        mark(text, stage=Stage.WRITING)
        if isinstance(text, Policy):
            remember(text, draft)


def mark(text: PublicText, **columns: Any) -> None:
    """Columns about the work that no public page shows."""
    with changing(()):
        type(text)._default_manager.filter(pk=text.pk).update(**columns)
    for name, value in columns.items():
        setattr(text, name, value)


@transaction.atomic
def new_version_of(policy: Policy, older: Policy, user: Any) -> None:
    """What was found is an older version: it is marked as repealed when this one is published. Raises: PermissionDenied."""
    draft = policy.draft
    change(policy, {"replaces": [*dict.fromkeys([*draft.replaces, older.pk])]}, user)


def found_different(policy: Policy, other: Policy, user: Any) -> None:
    """Raises: PermissionDenied."""
    check_may(user, policy, "change")
    mark(policy, not_same=[*dict.fromkeys([*policy.not_same, other.pk])])


@transaction.atomic
def remove_draft(text: PublicText, user: Any) -> None:
    """Raises: PermissionDenied; Refused: it was public once, and its record stays."""
    check_may(user, text, "delete")
    if text.first_published_at is not None:
        raise Refused(_("公开过的不能删，只能撤下。"))
    with changing(()):
        text.delete()
