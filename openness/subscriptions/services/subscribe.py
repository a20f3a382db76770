"""Subscribing: asked for on the site, confirmed from the mailbox; changed and ended from there too."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.units.refusal import Refused
from search.following import address_of
from search.query import Query

from ..models import Followed, HowOften, Mail, MailKind, Subscriber, Subscription
from .arrivals import look
from .links import CONFIRM_WITHIN
from .wake import wake

MOST = 30


@transaction.atomic
def ask(query: Query, address: str, how_often: str, now: datetime | None = None) -> None:
    """Write to the address: please confirm, or that it has this subscription already. Nobody else learns which.

    Raises:
        Refused: the search is stopped; said whoever asks.
    """
    at = now or timezone.now()
    followed = _followed(query, at)
    if followed.stopped_at is not None:
        raise Refused(_("这个订阅停了：{why}").format(why=followed.stopped_reason))
    who, _new = Subscriber.objects.get_or_create(address=address.lower(), defaults={"secret": secrets.token_hex(16), "made_at": at})
    if who.subscriptions.exclude(followed=followed).count() >= MOST:
        return  # said to nobody: the page must not tell what an address has
    defaults = {"how_often": how_often, "asked_at": at}
    one, _made = Subscription.objects.get_or_create(subscriber=who, followed=followed, defaults=defaults)
    if one.confirmed_at is None:
        Subscription.objects.filter(pk=one.pk).update(**defaults)
    _queue(one, MailKind.KNOWN if one.confirmed_at else MailKind.CONFIRM, at)


def _followed(query: Query, at: datetime) -> Followed:
    address = address_of(query)
    mark = hashlib.sha256(address.encode()).hexdigest()
    return Followed.objects.get_or_create(mark=mark, defaults={"address": address, "made_at": at})[0]


def _queue(one: Subscription, kind: MailKind, at: datetime) -> None:
    """One that waits already is enough."""
    if not Mail.objects.waiting().filter(subscription=one, kind=kind).exists():
        Mail.objects.create(subscription=one, kind=kind, made_at=at, next_try_at=at)
    transaction.on_commit(wake)


@transaction.atomic
def confirm(one: Subscription, now: datetime | None = None) -> None:
    """From now on. Confirming twice changes nothing. What waits for the index at this moment counts as new."""
    at = now or timezone.now()
    since = look()
    fresh = Subscription.objects.filter(pk=one.pk, confirmed_at=None)
    fresh.update(confirmed_at=at, since=since, done_on=timezone.localdate(at))
    Subscriber.objects.filter(pk=one.subscriber_id).update(bounces=0, stopped_at=None)


def change(one: Subscription, how_often: str) -> None:
    """Raises: Refused."""
    if how_often not in HowOften:
        raise Refused(_("请选多久一封。"))
    Subscription.objects.filter(pk=one.pk).update(how_often=how_often)


@transaction.atomic
def stop(one: Subscription) -> None:
    """At once, with every mail that waits; the address goes with its last subscription, a search with its last subscriber."""
    Subscription.objects.filter(pk=one.pk).delete()
    sweep()


@transaction.atomic
def stop_all(who: Subscriber) -> None:
    Subscriber.objects.filter(pk=who.pk).delete()
    sweep()


def sweep() -> None:
    """Nobody's address and nobody's search stay; a search that staff stopped stays stopped."""
    Subscriber.objects.filter(subscriptions=None).delete()
    Followed.objects.filter(subscriptions=None, stopped_at=None).delete()


@transaction.atomic
def forget_unconfirmed(now: datetime | None = None) -> int:
    """Those whose link has run out. Returns how many."""
    late = Subscription.objects.filter(confirmed_at=None, asked_at__lt=(now or timezone.now()) - CONFIRM_WITHIN)
    number = late.count()
    late.delete()
    sweep()
    return number
