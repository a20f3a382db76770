"""A mail server that really speaks SMTP, the index of a test, and short ways to subscribe, confirm and let a day pass."""

import re
import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from django.http import QueryDict
from django.utils import timezone

from openness.subscriptions.models import Mail, MailKind, Subscription
from openness.subscriptions.services import arrivals
from openness.subscriptions.services import plan as planning
from openness.subscriptions.services.links import confirm_link
from openness.subscriptions.services.plan import plan
from openness.subscriptions.services.post import deliver
from openness.subscriptions.services.subscribe import ask, confirm
from search import following
from search.engines.embedded import EmbeddedEngine
from search.query import parse
from search.worker import drain_all

MORNING = 8


class Mailbox:
    """What the server took, and what it answers: `refuses` maps an address to an SMTP answer; `down` closes the door to everybody."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []
        self.refuses: dict[str, str] = {}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.taken += [(address, message) for address in envelope.rcpt_tos]  # type: ignore[misc]
        return "250 taken"

    def letters_to(self, address: str) -> list[EmailMessage]:
        return [message for to, message in self.taken if to == address]


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def links_in(message: EmailMessage) -> list[str]:
    """Paths of the site, without host."""
    return [urlsplit(url).path for url in re.findall(r"https?://\S+", text_of(message))]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    box = Mailbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.SUBSCRIPTIONS_MAIL = True
        yield box
    finally:
        controller.stop()


@pytest.fixture
def index(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path / "index")
    monkeypatch.setattr(planning, "engine", lambda: engine)
    monkeypatch.setattr(following, "engine", lambda: engine)
    monkeypatch.setattr(arrivals, "_SETTLED", timedelta(0))  # this engine shows at once what it has taken
    return engine


@pytest.fixture
def days(index: EmbeddedEngine, mailbox: Mailbox) -> Callable[..., int]:
    """Some days later, in the morning: the index catches up, the day's mails are written and sent. Returns how many went out."""

    def pass_by(number: int = 1, *, send: bool = True) -> int:
        drain_all(index)
        at = morning(number)
        plan(at)
        return deliver(at) if send else 0

    return pass_by


def morning(days_from_now: int) -> datetime:
    return (timezone.localtime() + timedelta(days=days_from_now)).replace(hour=MORNING, minute=0)


@pytest.fixture
def follows(index: EmbeddedEngine) -> Callable[..., Subscription]:
    """Somebody who has confirmed, from now on."""

    def make(query: str = "", address: str = "li@example.com", how_often: str = "daily") -> Subscription:
        ask(parse(QueryDict(query)), address, how_often)
        one = Subscription.objects.select_related("subscriber", "followed").latest("asked_at")
        Mail.objects.filter(subscription=one).exclude(kind=MailKind.NEWS).delete()
        drain_all(index)
        confirm(one)
        one.refresh_from_db()
        return one

    return make


__all__ = ["Mailbox", "confirm_link", "links_in", "morning", "text_of"]
