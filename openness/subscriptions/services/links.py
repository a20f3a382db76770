"""The links of the mails. Whoever holds one may do what it says: no account, no cookie. A deleted address makes all of its links void."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from ..models import Subscriber, Subscription

CONFIRM_WITHIN = timedelta(days=3)
_CONFIRM, _ONE, _ALL = "subscriptions.confirm", "subscriptions.one", "subscriptions.all"


def confirm_link(one: Subscription) -> str:
    return _link("subscription_confirm", signing.dumps([one.pk, one.subscriber.secret], salt=_CONFIRM))


def stop_link(one: Subscription) -> str:
    return _link("subscription_stop", signing.Signer(salt=_ONE).sign_object([one.pk, one.subscriber.secret]))


def manage_link(who: Subscriber) -> str:
    return _link("subscriptions_mine", signing.Signer(salt=_ALL).sign_object([who.pk, who.secret]))


def _link(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(name, args=[token])


def to_confirm(token: str) -> Subscription | None:
    """None for a link that is false, older than three days, or of a subscription that is gone."""
    try:
        return _subscription(*signing.loads(token, salt=_CONFIRM, max_age=CONFIRM_WITHIN))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def to_stop(token: str) -> Subscription | None:
    try:
        return _subscription(*signing.Signer(salt=_ONE).unsign_object(token))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def owner(token: str) -> Subscriber | None:
    try:
        pk, secret = signing.Signer(salt=_ALL).unsign_object(token)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    found = Subscriber.objects.filter(pk=pk).first()
    return found if found and constant_time_compare(found.secret, secret) else None


def _subscription(pk: int, secret: str) -> Subscription | None:
    found = Subscription.objects.select_related("subscriber", "followed").filter(pk=pk).first()
    return found if found and constant_time_compare(found.subscriber.secret, secret) else None
