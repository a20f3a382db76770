"""The text of attachments: read outside any request, kept by fingerprint, given out only for what is public."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.pagecache.topics import changing
from openness.units.models import Unit
from search.outbox import touch_query

from ..extraction import Extracted, Limits
from ..extraction.outside import extract_outside
from ..models import Attachment, AttachmentText, Disclosure, TextState
from ..shown_at import shown_at
from .local_files import local_copy
from .publish import KIND

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 3
_PAUSE = timedelta(minutes=10)
# Busy machines and lost storage pass; a file that needs a password keeps needing it.
_AGAIN = (TextState.WAITING, TextState.TOO_SLOW)

# Set whenever an attachment with a new file has been committed in this process.
file_arrived = Event()


@dataclass(frozen=True)
class AttachedPage:
    """Words of a public file: the attachment's title, the address where residents get it, the place in it, the text there."""

    title: str
    url: str
    label: str
    text: str


def reading_limits(seconds: float | None = None) -> Limits:
    """The limits of this installation, with another wall-clock limit in seconds if one is given."""
    return Limits(
        file_bytes=settings.ATTACHMENT_TEXT_MAX_FILE_BYTES,
        unpacked_bytes=settings.ATTACHMENT_TEXT_MAX_UNPACKED_BYTES,
        characters=settings.ATTACHMENT_TEXT_MAX_CHARACTERS,
        pages=settings.ATTACHMENT_TEXT_MAX_PAGES,
        memory_bytes=settings.ATTACHMENT_TEXT_MEMORY_BYTES,
        cpu_seconds=settings.ATTACHMENT_TEXT_CPU_SECONDS,
        seconds=seconds or settings.ATTACHMENT_TEXT_SECONDS,
    )


def extract_waiting(limit: int = 20) -> int:
    """Read up to `limit` files that have no text yet, newest first. Returns how many were tried. Safe in several processes at once."""
    tried = 0
    while tried < limit and waiting().exists() and (claimed := _claim()) is not None:
        _read(claimed)
        tried += 1
    return tried


def waiting() -> QuerySet[Attachment]:
    """Attachments without a text for their present file, and those that are worth another try."""
    again = Q(text__state__in=_AGAIN, text__attempts__lt=MOST_ATTEMPTS, text__extracted_at__lt=timezone.now() - _PAUSE)
    stale = ~Q(text__sha256=F("sha256"))
    return Attachment.objects.exclude(sha256="").filter(Q(text=None) | stale | again).order_by("-pk")


@transaction.atomic
def _claim() -> AttachmentText | None:
    """The try is counted before it begins: a file that fells this process cannot do so for ever."""
    attachment = waiting().select_for_update(skip_locked=True, of=("self",)).first()
    if attachment is None:
        return None
    known = AttachmentText.objects.filter(attachment=attachment).defer("pages").first()
    attempts = known.attempts + 1 if known and known.sha256 == attachment.sha256 else 1
    sentence = _("读了几次都没有读成，请重新上传。") if attempts >= MOST_ATTEMPTS else _("还没有读成，过一会儿再读。")
    claim = {"sha256": attachment.sha256, "state": TextState.WAITING, "sentence": sentence, "pages": [], "attempts": attempts}
    with changing(()):  # a page shows no words of a new or changed file before they have been read, and none while they are
        text, _made = AttachmentText.objects.update_or_create(attachment=attachment, defaults={**claim, "extracted_at": timezone.now()})
    return text


def _read(claimed: AttachmentText) -> None:
    """A file that cannot be had now, or is not the one that was registered, keeps the row of its claim."""
    try:
        with local_copy(claimed.attachment.file) as (path, sha256):
            if sha256 != claimed.sha256:
                logger.error("attachment %s: the stored file has not the registered fingerprint", claimed.attachment_id)
                return
            found = extract_outside(path, reading_limits())
    except OSError:
        logger.exception("attachment %s could not be read", claimed.attachment_id)
        return
    _write(claimed, found)


@transaction.atomic
def _write(claimed: AttachmentText, found: Extracted) -> None:
    """Unless another try has begun meanwhile, at this file or a newer one."""
    row = AttachmentText.objects.filter(pk=claimed.pk, sha256=claimed.sha256, attempts=claimed.attempts)
    told = {"state": found.state.value, "sentence": found.sentence, "pages": [list(page) for page in found.pages]}
    with shown_at(*_units_that_show(claimed.attachment_id)):
        if row.update(**told, extracted_at=timezone.now()):
            touch_users(claimed.attachment_id)


def _units_that_show(attachment: int) -> QuerySet[Unit]:
    """Whose pages say how long the file is, and whether its words can be read."""
    return Unit.objects.filter(disclosures__live=True, disclosures__file_uses__attachment=attachment).distinct()


def touch_users(attachment_id: int) -> None:
    """Queue the live disclosures that use the file: their documents are to be built anew."""
    touch_query(KIND, Disclosure.objects.public().filter(file_uses__attachment=attachment_id).distinct())


def attachment_saved(instance: Attachment, **_kwargs: Any) -> None:
    """A new file waits to be read; a changed title or file shows at once in what uses it. The old file's words count no more."""
    touch_users(instance.pk)
    transaction.on_commit(file_arrived.set)


def attachment_leaves(instance: Attachment, **_kwargs: Any) -> None:
    touch_users(instance.pk)


def attached_pages(disclosure_ids: Iterable[int]) -> dict[int, list[AttachedPage]]:
    """The words of the files that these disclosures show to the public; nothing of drafts. One query.

    Returns:
        Pages by disclosure, file by file in the order of use; disclosures without any are missing.
    """
    texts = AttachmentText.objects.filter(
        attachment__uses__disclosure__in=list(disclosure_ids), attachment__uses__disclosure__live=True, sha256=F("attachment__sha256")
    )
    uses = texts.annotate(disclosure=F("attachment__uses__disclosure"), use=F("attachment__uses")).select_related("attachment")
    files: dict[tuple[int, int], Any] = {}
    for text in uses.exclude(pages=[]).order_by("disclosure", "use"):
        files.setdefault((text.disclosure, text.attachment_id), text)  # shown twice, said once
    pages: dict[int, list[AttachedPage]] = defaultdict(list)
    for (disclosure, _attachment), text in files.items():
        pages[disclosure] += [AttachedPage(text.attachment.title, text.attachment.url, label, words) for label, words in text.pages]
    return dict(pages)
