"""The letters: plain text and HTML of the same words, with the links that end them (RFC 2369, RFC 2919, RFC 8058)."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.models import Site

from search.documents import Document

from ..models import Mail, MailKind
from .links import confirm_link, manage_link, stop_link

MOST_LISTED = 50
_TITLE = 60


def letter(mail: Mail, documents: list[Document]) -> EmailMultiAlternatives:
    one = mail.subscription
    words, site = one.followed.words, _site_name()
    context: dict[str, Any] = {
        "words": words, "site": site, "documents": documents[:MOST_LISTED], "more": max(len(documents) - MOST_LISTED, 0),
        "base": settings.SITE_URL, "search_url": f"{settings.SITE_URL}/search/?{one.followed.address}", "how_often": one.get_how_often_display(),
        "asked_at": one.asked_at, "manage": manage_link(one.subscriber), "stop": stop_link(one),
        "confirm": confirm_link(one) if mail.kind == MailKind.CONFIRM else "",
    }  # fmt: skip
    message = EmailMultiAlternatives(
        _subject(mail, words, site, len(documents)), render_to_string(f"subscriptions/mail/{mail.kind}.txt", context),
        to=[one.subscriber.address], headers=_headers(mail),
    )  # fmt: skip
    message.attach_alternative(render_to_string(f"subscriptions/mail/{mail.kind}.html", context), "text/html")
    return message


def _subject(mail: Mail, words: str, site: str, number: int) -> str:
    short = words if len(words) <= _TITLE else f"{words[: _TITLE - 1]}…"
    if mail.kind == MailKind.NEWS:
        return _("{words}：{n} 条").format(words=short, n=number)
    return _("请确认订阅：{words}").format(words=short) if mail.kind == MailKind.CONFIRM else _("您已经订阅了：{words}").format(words=short)


def _headers(mail: Mail) -> dict[str, str]:
    """The same Message-ID however often it is sent: a mailbox that gets it twice can tell. One click ends the subscription."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{mail.kind}-{mail.pk}-{int(mail.made_at.timestamp())}@{host}>", "Auto-Submitted": "auto-generated"}
    if mail.kind == MailKind.NEWS:
        headers |= {
            "List-Id": f"<s{mail.subscription.followed_id}.subscriptions.{host}>",
            "List-Unsubscribe": f"<{stop_link(mail.subscription)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


def _site_name() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return site.site_name if site and site.site_name else str(_("政务公开"))
