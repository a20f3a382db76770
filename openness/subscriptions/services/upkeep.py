"""One turn of the worker: what is old goes, what is due is written, what waits is sent."""

from datetime import datetime, timedelta

from django.utils import timezone

from ..models import Mail, Subscriber
from .plan import plan
from .post import deliver
from .subscribe import forget_unconfirmed, sweep

KEPT = timedelta(days=30)  # of mails that went out, for the figures; of addresses that only bounce


def turn(now: datetime | None = None) -> int:
    """Returns how many mails went out."""
    forget(now)
    plan(now)
    return deliver(now)


def forget(now: datetime | None = None) -> None:
    """Requests that nobody confirmed, mails that went out long ago, addresses that take no mail (个人信息保护法 art. 19)."""
    before = (now or timezone.now()) - KEPT
    forget_unconfirmed(now)
    Mail.objects.filter(made_at__lt=before).exclude(pk__in=Mail.objects.waiting().values("pk")).delete()
    if Subscriber.objects.filter(stopped_at__lt=before).delete()[0]:
        sweep()
