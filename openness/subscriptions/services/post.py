"""Sending what waits. A mail is claimed, read anew from what is public this moment, handed to the mail server, and marked.

Between the server's yes and the mark a killed process leaves the mail unmarked: it is sent a second time, with the same Message-ID, ten
minutes later. Nothing else is ever sent twice, and nothing is lost.
"""

import logging
import time
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from search.following import fresh

from ..models import Mail, MailKind, Subscriber, Told
from .arrivals import gone
from .letters import letter

logger = logging.getLogger(__name__)
MOST_ATTEMPTS, MOST_BOUNCES = 12, 3
_LEASE, _AFTER_A_BOUNCE = timedelta(minutes=10), timedelta(hours=6)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
_PATIENCE = 3  # faults of the server in a row, after which the rest waits
_AT_ONCE, _SECONDS = 500, 120.0


class Bounced(Exception):
    """The server will never take mail for this address; `code` is its answer, 500 or more."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(str(code))


def deliver(now: datetime | None = None) -> int:
    """Send what is due, for at most two minutes. Returns how many went out."""
    if not settings.SUBSCRIPTIONS_MAIL:
        return 0
    at, ends, faults, sent = now or timezone.now(), time.monotonic() + _SECONDS, 0, 0
    post = _Post()
    try:
        for key in list(
            Mail.objects.waiting().filter(next_try_at__lte=at).order_by("next_try_at", "pk").values_list("pk", flat=True)[:_AT_ONCE]
        ):
            if time.monotonic() > ends or faults >= _PATIENCE:
                break
            done = _one(key, at, post)
            faults = faults + 1 if done is None else 0
            sent += bool(done)
    finally:
        post.close()
    return sent


def _one(key: int, at: datetime, post: "_Post") -> bool | None:
    """True: sent; False: nothing was to be sent, or it bounced; None: the server was at fault."""
    mail = _claimed(key, at)
    if mail is None:
        return False
    documents = fresh(mail.documents)
    if missing := set(mail.documents) - documents.keys():
        _leave_out(mail, missing)
    if mail.kind == MailKind.NEWS and not documents:
        Mail.objects.filter(pk=key).delete()
        return False
    try:
        post.send(letter(mail, list(documents.values())))
    except Bounced as bounce:
        _bounced(mail, bounce.code, at)
        return False
    except OSError as fault:  # SMTPException is one
        _later(mail, _reason(fault), at)
        return None
    _sent(mail)
    return True


def _claimed(key: int, at: datetime) -> Mail | None:
    """Whoever moves the time first sends. None: somebody else has it, the subscription is gone, or its search was stopped."""
    if not Mail.objects.waiting().filter(pk=key, next_try_at__lte=at).update(next_try_at=at + _LEASE):
        return None
    mail = Mail.objects.select_related("subscription__subscriber", "subscription__followed").filter(pk=key).first()
    if mail is None or mail.kind != MailKind.NEWS:
        return mail
    one = mail.subscription
    if one.subscriber.stopped_at or one.followed.stopped_at or one.confirmed_at is None:
        Mail.objects.filter(pk=key).update(given_up=True)
        return None
    return mail


@transaction.atomic
def _leave_out(mail: Mail, missing: set[str]) -> None:
    """Withdrawn since it was written: not told, so that it comes anew should it be public again."""
    Told.objects.filter(subscription=mail.subscription_id, uid__in=missing).delete()
    Mail.objects.filter(pk=mail.pk).update(documents=[uid for uid in mail.documents if uid not in missing])
    gone(missing)


@transaction.atomic
def _sent(mail: Mail) -> None:
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), attempts=F("attempts") + 1, fault="")
    Subscriber.objects.filter(pk=mail.subscription.subscriber_id, bounces__gt=0).update(bounces=0)


def _later(mail: Mail, reason: str, at: datetime) -> None:
    """A server that is away costs no mail: what is new is tried until it goes, a request to confirm as long as its link holds."""
    attempts = mail.attempts + 1
    pause = min(_FIRST_PAUSE * 2 ** min(attempts - 1, 20), _LONGEST_PAUSE)
    given_up = attempts >= MOST_ATTEMPTS and mail.kind != MailKind.NEWS
    Mail.objects.filter(pk=mail.pk).update(attempts=attempts, fault=reason, next_try_at=at + pause, given_up=given_up)


@transaction.atomic
def _bounced(mail: Mail, code: int, at: datetime) -> None:
    """After the third in a row nothing more is sent there, until somebody confirms from that mailbox again."""
    Mail.objects.filter(pk=mail.pk).update(attempts=F("attempts") + 1, fault=f"SMTP {code}", next_try_at=at + _AFTER_A_BOUNCE)
    who = Subscriber.objects.select_for_update().get(pk=mail.subscription.subscriber_id)
    who.bounces += 1
    if who.bounces >= MOST_BOUNCES:
        who.stopped_at = at
        Mail.objects.waiting().filter(subscription__subscriber=who).update(given_up=True)
    who.save(update_fields=["bounces", "stopped_at"])


def _reason(fault: OSError) -> str:
    """Its kind and number: what a server says in words may name the address."""
    code = getattr(fault, "smtp_code", None) or fault.errno or ""
    return f"{type(fault).__name__} {code}".strip()[:100]


class _Post:
    """One connection for many mails; after a fault the next opens its own."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def send(self, message: EmailMessage) -> None:
        """Raises: Bounced, OSError."""
        try:
            self._connection.open()
            self._connection.send_messages([message])
        except SMTPRecipientsRefused as refused:
            self._reset()
            code = min((code for code, _words in refused.recipients.values()), default=0)
            raise (Bounced(code) if code >= 500 else refused) from None
        except SMTPDataError as refused:
            self._reset()
            raise (Bounced(refused.smtp_code) if refused.smtp_code >= 500 else refused) from None
        except (SMTPException, OSError):
            self._reset()
            raise

    def _reset(self) -> None:
        """Whatever state the server is in, the next mail begins at the beginning."""
        try:
            self._connection.close()
        except (SMTPException, OSError):
            logger.info("the mail server was gone before goodbye")
        self._connection = get_connection()

    def close(self) -> None:
        self._reset()
