"""Sending what waits in the delivery table, by mail or to the gateway, never inside a request; tried again with growing pauses."""

import hashlib
import hmac
import json
import time
import urllib.request
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from openness.units.models import Unit

from ..models import Channel, Delivery

MOST_ATTEMPTS = 12
_TIMEOUT_SECONDS = 10.0
_LEASE = timedelta(minutes=10)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
_PATIENCE = 3  # failures of a channel in one go, after which the rest waits
_AT_ONCE = 500
_SECONDS = 120.0


class NotAccepted(OSError):
    """The gateway answered, but not with 2xx."""


def webhook(key: str, event: str, unit: Unit, text: str, people: Iterable[Any] = ()) -> list[Delivery]:
    """One message for the gateway, not yet saved; none where no gateway is set."""
    if not settings.SUPERVISION_WEBHOOK_URL:
        return []
    now = timezone.now()
    payload = {
        "event": event,
        "unit": {"code": unit.code, "name": unit.short_name, "phone": unit.phone},
        "accounts": sorted(user.get_username() for user in people),
        "text": text,
    }
    return [Delivery(channel=Channel.WEBHOOK, key=key, payload=payload, made_at=now, next_try_at=now)]


def deliver(now: datetime | None = None) -> int:
    """Send what is due, for at most two minutes.

    Returns:
        How many went out.
    """
    moment, ends, faults, sent = now or timezone.now(), time.monotonic() + _SECONDS, Counter[str](), 0
    due = Delivery.objects.waiting().filter(next_try_at__lte=moment).order_by("next_try_at", "pk")[:_AT_ONCE]
    for one in list(due):
        if time.monotonic() < ends and faults[one.channel] < _PATIENCE and _claim(one, moment):
            done = _try(one, moment)
            faults[one.channel] = 0 if done else faults[one.channel] + 1
            sent += done
    return sent


def _claim(one: Delivery, now: datetime) -> bool:
    """Two processes may drain at once: whoever moves the time first sends."""
    rows = Delivery.objects.waiting().filter(pk=one.pk, next_try_at=one.next_try_at)
    return bool(rows.update(next_try_at=now + _LEASE))


def _try(one: Delivery, now: datetime) -> bool:
    try:
        _SENDERS[Channel(one.channel)](one)
    except (OSError, HTTPException) as fault:
        attempts = one.attempts + 1
        Delivery.objects.filter(pk=one.pk).update(
            attempts=attempts, fault=f"{type(fault).__name__}: {fault}"[:300], next_try_at=now + pause(attempts), given_up=attempts >= MOST_ATTEMPTS
        )  # fmt: skip
        return False
    Delivery.objects.filter(pk=one.pk).update(sent_at=timezone.now(), attempts=one.attempts + 1, fault="")
    return True


def pause(attempts: int) -> timedelta:
    """1, 2, 4, 8 … minutes, at most six hours."""
    return min(_FIRST_PAUSE * 2 ** min(attempts - 1, 20), _LONGEST_PAUSE)


def _send_mail(one: Delivery) -> None:
    # The backend's own time-out is EMAIL_TIMEOUT; SMTPException is an OSError.
    EmailMessage(one.payload["subject"], one.payload["text"], to=[one.recipient], connection=get_connection()).send()


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A signed message goes to the address that was set, nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def signature(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA-256 over time stamp, dot, body; hexadecimal. The receiver refuses old stamps."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _post(one: Delivery) -> None:
    body = json.dumps({"id": one.key, **one.payload}, ensure_ascii=False).encode()
    stamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Openness-Timestamp": stamp,
        "X-Openness-Signature": f"sha256={signature(settings.SUPERVISION_WEBHOOK_SECRET, stamp, body)}",
    }
    request = urllib.request.Request(settings.SUPERVISION_WEBHOOK_URL, data=body, headers=headers, method="POST")  # noqa: S310  (checks.py)
    opener = urllib.request.build_opener(_NoRedirects)
    with opener.open(request, timeout=_TIMEOUT_SECONDS) as answer:
        if not 200 <= answer.status < 300:
            raise NotAccepted(f"HTTP {answer.status}")


_SENDERS = {Channel.MAIL: _send_mail, Channel.WEBHOOK: _post}
