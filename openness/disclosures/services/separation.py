"""Two people, or three: who wrote a text does not sign or approve it, who signed it does not approve it, in whoever's name."""

from typing import TYPE_CHECKING, Any

from openness.units.grants import roles_for
from openness.units.roles import OWN, Held, roles_of

from ..models.signature import Signature

if TYPE_CHECKING:
    from ..models import Disclosure

SIGN = roles_for("disclosures.signature", "add")
APPROVE = roles_for("disclosures.disclosure", "publish")


def writers(text: "Disclosure") -> set[Any]:
    """Whose own text it is: who wrote it or sent it in. A reviewer who mends a word may still approve."""
    state = text.current_workflow_state
    return {text.author_id, state.requested_by_id if state else None} - {None}


def may_sign(user: Any, text: "Disclosure") -> Held | None:
    """In whose name the person may sign this text; None if not."""
    barred = writers(text)
    return None if user.pk in barred else roles_of(user).capacity(text.unit, SIGN, barred)


def may_approve(user: Any, text: "Disclosure") -> Held | None:
    """In whose name the person may approve this text; None if not. The installation's superuser stands for nobody."""
    barred = writers(text)
    last = Signature.objects.filter(disclosure=text.pk).order_by("-pk").first()
    barred |= last.people if last else set()
    if user.pk in barred:
        return None
    return OWN if user.is_superuser else roles_of(user).capacity(text.unit, APPROVE, barred)
