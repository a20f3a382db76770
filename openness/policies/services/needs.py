"""Which policies must come with an interpretation, which still lack one, and who promised what."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.pagecache.topics import changing
from openness.units.admin.common import may_for
from openness.units.models import Unit, line_of
from openness.units.people import person
from openness.units.refusal import Refused

from ..models import Genre, Interpretation, NeedRule, Policy, Stage, Tier
from .rights import NEED_RULE


def rule_for(policy: Policy) -> NeedRule | None:
    """The rule that counts: the county's own before the site's, one that names the genre before one for all, then the newest. One query."""
    rows = NeedRule.objects.filter(tier=policy.tier, genre__in=("", policy.genre))
    rows = rows.filter(Q(unit=None) | Q(unit__path__in=line_of(policy.unit.path)))
    return max(rows, key=lambda row: (row.unit_id is not None, bool(row.genre), row.pk), default=None)


def needs_interpretation(policy: Policy) -> bool:
    rule = rule_for(policy)
    return rule is not None and rule.needed


@dataclass(frozen=True)
class NewRule:
    unit: Unit
    tier: str
    genre: str
    needed: bool
    reason: str


def add_rule(new: NewRule, user: Any) -> NeedRule:
    """Raises: PermissionDenied, Refused."""
    if not may_for(user, NEED_RULE, "add", new.unit):
        raise PermissionDenied
    if new.tier not in Tier or (new.genre and new.genre not in Genre):
        raise Refused(_("请选级别和体裁。"))
    if not new.reason.strip():
        raise Refused(_("请写依据，比如哪个文件怎么说的。"))
    with changing(()):
        return NeedRule.objects.create(
            unit=new.unit, tier=new.tier, genre=new.genre, needed=new.needed, reason=new.reason.strip()[:200], by=person(user)
        )  # fmt: skip


def ready_with(policy: Policy) -> QuerySet[Interpretation]:
    """Interpretations that wait to be published together with it."""
    return Interpretation.objects.filter(policies=policy, stage=Stage.SENT).select_related("unit").order_by("pk")


def overdue(today: date | None = None) -> QuerySet[Policy]:
    """Public policies whose interpretation was promised for a day that has passed."""
    public = Interpretation.objects.filter(policies=OuterRef("pk"), live=True)
    rows = Policy.objects.public().filter(interpretation_due_on__lt=today or timezone.localdate())
    found: QuerySet[Policy] = rows.exclude(Exists(public)).order_by("interpretation_due_on", "pk")
    return found
