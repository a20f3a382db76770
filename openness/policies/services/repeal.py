"""废止: marked on the original, which stays readable (国办发〔2017〕47号), by the policy that replaces it or by a decision of its own."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.units.refusal import Refused

from ..models import Policy, Verb
from ..shown import policies_shown_at
from .records import write_record
from .rights import check_may, named


def settle_repeals(policy: Policy, user: Any) -> None:
    """Bring the originals in line with what the policy says that it replaces. Call in the transaction of its publication or withdrawal."""
    wanted = set(policy.replaces) if policy.live else set()
    since = policy.effective_on or timezone.localdate()
    for older in Policy.objects.filter(repealed_by=policy).exclude(pk__in=wanted).select_related("unit"):
        _mark(older, None, None, user, Verb.RESTORE, policy.title)
    for older in Policy.objects.public().filter(pk__in=wanted).select_related("unit"):
        if older.repealed_by_id != policy.pk or older.repealed_on != since:
            check_may(user, older, "publish")
            _mark(older, policy, since, user, Verb.REPEAL, policy.number or policy.title)


@transaction.atomic
def repeal(policy: Policy, user: Any, on: date | None, reason: str) -> None:
    """Without a successor. Raises: PermissionDenied, Refused."""
    check_may(user, policy, "publish")
    if on is None or not reason.strip():
        raise Refused(_("请写哪天废止、依据什么。"))
    if not policy.live or policy.is_repealed:
        raise Refused(_("这一份没有公开，或者已经废止。"))
    _mark(policy, None, on, user, Verb.REPEAL, reason.strip())


def _mark(older: Policy, newer: Policy | None, on: date | None, user: Any, verb: Verb, note: str) -> None:
    older.repealed_by, older.repealed_on = newer, on
    with policies_shown_at(older.unit):
        older.save(update_fields=["repealed_by", "repealed_on"])
        by = named(user, older, "publish")
        write_record(older, verb, by, by, note, shown={"repealed_by": newer.pk if newer else None, "on": on})
