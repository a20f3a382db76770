"""A followed search as Atom 1.0 (RFC 4287) and as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from .documents import Document
from .following import address_of, in_words, newest
from .query import Query

ENTRIES = 50
_BEGINNING = 300
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SINCE = "2026"  # of the tag URIs (RFC 4151): when the names began to be given


@dataclass(frozen=True)
class Feed:
    """`here` is its own address, `home` that of the page, both with the host."""

    title: str
    id: str
    here: str
    home: str
    documents: Sequence[Document]

    @property
    def changed(self) -> datetime:
        """When the newest change was; the beginning of the day where there is nothing."""
        return max((changed_at(one) for one in self.documents), default=_midnight(timezone.localdate()))


def feed_of(query: Query, address: str) -> Feed:
    """Raises: EngineAway."""
    wanted = address_of(query)
    string = f"?{wanted}" if wanted else ""
    return Feed(
        in_words(query), tag_uri(f"search{string}"), address + string, f"{settings.SITE_URL}/search/{string}", newest(query, ENTRIES)
    )


def tag_uri(name: str) -> str:
    """A name that stays, also where the address changes."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{_SINCE}:{name}"


def changed_at(document: Document) -> datetime:
    return document.changed_at or published_at(document)


def published_at(document: Document) -> datetime:
    return _midnight(document.published_on or timezone.localdate())


def _midnight(day: object) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))  # type: ignore[arg-type]


def clean(text: str) -> str:
    """Without the characters that XML has no way to say."""
    return _NOT_XML.sub("", text)


def beginning(document: Document) -> str:
    words = " ".join(clean(document.body).split())
    return words if len(words) <= _BEGINNING else f"{words[: _BEGINNING - 1]}…"


class _Atom(Atom1Feed):
    """An empty feed changes once a day, not with every look."""

    def __init__(self, changed: datetime, **options: Any) -> None:
        super().__init__(**options)
        self.changed = changed

    def latest_post_date(self) -> datetime:
        return self.changed


def as_atom(feed: Feed) -> bytes:
    atom = _Atom(
        feed.changed, title=clean(feed.title), link=feed.home, description="", feed_url=feed.here, feed_guid=feed.id, language="zh-Hans"
    )
    for one in feed.documents:
        atom.add_item(
            title=clean(one.title), link=settings.SITE_URL + one.url, unique_id=tag_uri(one.uid), description=beginning(one),
            author_name=clean(one.place_label), categories=[clean(name) for name in (one.field, *one.tags) if name],
            pubdate=published_at(one), updateddate=changed_at(one),
        )  # fmt: skip
    return atom.writeString("utf-8").encode()


def as_json_feed(feed: Feed) -> bytes:
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(feed.title),
        "home_page_url": feed.home,
        "feed_url": feed.here,
        "language": "zh-Hans",
        "items": [
            {
                "id": tag_uri(one.uid), "url": settings.SITE_URL + one.url, "title": clean(one.title), "content_text": beginning(one),
                "authors": [{"name": clean(one.place_label)}], "tags": [clean(name) for name in (one.field, *one.tags) if name],
                "date_published": published_at(one).isoformat(), "date_modified": changed_at(one).isoformat(timespec="seconds"),
            }
            for one in feed.documents
        ],
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False).encode()
