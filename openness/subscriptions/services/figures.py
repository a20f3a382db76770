"""What administrators see: how many follow what, what went out, what bounced; never whose address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.units.people import person
from openness.units.refusal import Refused

from ..models import Followed, HowOften, Mail, MailKind, Subscriber, Subscription
from .upkeep import KEPT

_CONFIRMED = Q(subscriptions__confirmed_at__isnull=False)
FEWEST_SIGNS = 4


@dataclass(frozen=True)
class Figures:
    """`sent` counts the last thirty days; `oldest` is the mail that waits longest, `fault` why the last one did not go."""

    subscribers: int
    confirmed: int
    unconfirmed: int
    bounced: int
    sent: int
    waiting: int
    oldest: datetime | None
    fault: str


def figures(now: datetime | None = None) -> Figures:
    """Four queries."""
    since = (now or timezone.now()) - KEPT
    some = Subscription.objects.aggregate(
        confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)), unconfirmed=Count("pk", filter=Q(confirmed_at=None))
    )
    people = Subscriber.objects.aggregate(subscribers=Count("pk"), bounced=Count("pk", filter=Q(stopped_at__isnull=False)))
    waiting = Mail.objects.waiting().aggregate(waiting=Count("pk"), oldest=Min("made_at"), fault=Max("fault"))
    sent = Mail.objects.filter(kind=MailKind.NEWS, sent_at__gte=since).count()
    return Figures(**some, **people, **{**waiting, "fault": waiting["fault"] or ""}, sent=sent)


def followed_searches() -> QuerySet[Followed]:
    """Each with `daily`, `weekly`, `monthly`, `unconfirmed` and `bounced`; the most followed first."""
    often = {str(one): Count("subscriptions", filter=_CONFIRMED & Q(subscriptions__how_often=one)) for one in HowOften}
    rows = Followed.objects.annotate(
        **often, followers=Count("subscriptions", filter=_CONFIRMED), unconfirmed=Count("subscriptions", filter=~_CONFIRMED),
        bounced=Count("subscriptions", filter=Q(subscriptions__subscriber__stopped_at__isnull=False)),
    )  # fmt: skip
    return rows.order_by("-followers", "pk")


@transaction.atomic
def stop_sending(followed: Followed, user: Any, reason: str) -> None:
    """Nothing more goes out for this search; its subscribers read why on their page.

    Raises:
        Refused: without a reason.
    """
    if len(reason.strip()) < FEWEST_SIGNS:
        raise Refused(_("请写明为什么停发，至少 {n} 个字。订的人会看到。").format(n=FEWEST_SIGNS))
    stopped = {"stopped_at": timezone.now(), "stopped_reason": reason.strip()[:200], "stopped_by": person(user)}
    Followed.objects.filter(pk=followed.pk, stopped_at=None).update(**stopped)


@transaction.atomic
def send_again(followed: Followed) -> None:
    """What came meanwhile is told with the next mail."""
    Followed.objects.filter(pk=followed.pk).update(stopped_at=None, stopped_reason="", stopped_by="")
