"""From the outbox to the index: documents are rebuilt from the database now, never from the message."""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .engines.base import Delete, DocumentRejected, Engine, EngineAway
from .models import Entry
from .sending import Sent, Wanted, send

logger = logging.getLogger(__name__)
BATCH = 500
MOST_ATTEMPTS = 8
_FIRST_DELAY, _LONGEST_DELAY = 1.0, 600.0
_AWAY_COUNTS = 5  # an engine that is away counts as at most so many tries: about half a minute between them, and never the last


@dataclass(frozen=True)
class Drained:
    """What one round did: documents indexed, documents taken out, rows to be tried again, rows parked."""

    sent: int = 0
    gone: int = 0
    failed: int = 0
    parked: int = 0

    @property
    def done(self) -> int:
        return self.sent + self.gone

    def __add__(self, other: "Drained") -> "Drained":
        return Drained(self.sent + other.sent, self.gone + other.gone, self.failed + other.failed, self.parked + other.parked)


def drain_once(engine: Engine, limit: int = BATCH) -> Drained:
    """Bring the oldest pending documents up to date. Safe to run in several processes at once.

    Raises:
        EngineAway: the engine cannot be written at all; nothing is lost, the rows stay.
    """
    if not _pending().exists():
        return Drained()
    with engine.writing():
        return _send(engine, _take(limit))


def drain_all(engine: Engine) -> Drained:
    """Until nothing is left that can be sent now."""
    total = Drained()
    while (step := drain_once(engine)) != Drained():
        total += step
    return total


def _pending() -> QuerySet[Entry]:
    return Entry.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=timezone.now()), pending=True, parked_reason="")


def _take(limit: int) -> list[Entry]:
    """The rows of a round. On PostgreSQL rows that another worker holds are passed over."""
    rows = _pending().order_by("queued_at")
    if connection.features.has_select_for_update_skip_locked:
        with transaction.atomic():
            return list(rows.select_for_update(skip_locked=True)[:limit])
    return list(rows[:limit])


def _send(engine: Engine, entries: Sequence[Entry]) -> Drained:
    try:
        sent = send(engine, [Wanted(entry.kind, entry.key, entry.version) for entry in entries])
    except EngineAway as away:
        logger.warning("the search engine takes nothing: %s", away)
        return sum((_wait(entry) for entry in entries), Drained())
    outcomes = list(zip(entries, sent, strict=True))
    done = _done([(entry, one) for entry, one in outcomes if one.fault is None])
    return sum((_at_fault(entry, one.fault) for entry, one in outcomes if one.fault is not None), done)


def _done(outcomes: Sequence[tuple[Entry, Sent]]) -> Drained:
    """A row is done only if its version is still the one sent: a change meanwhile stays pending."""
    still = Q()
    for entry, _sent in outcomes:
        still |= Q(pk=entry.pk, version=entry.version)
    if outcomes:
        done = {"pending": False, "sent_at": timezone.now(), "attempts": 0, "next_try_at": None, "parked_reason": ""}
        Entry.objects.filter(still).update(**done)
    gone = sum(isinstance(sent.operation, Delete) for _entry, sent in outcomes)
    return Drained(len(outcomes) - gone, gone)


def _at_fault(entry: Entry, fault: Exception) -> Drained:
    """What the engine refuses it will refuse again; what failed in building may come right."""
    reason = f"{type(fault).__name__}: {fault}"
    if isinstance(fault, DocumentRejected):
        return _park(entry, reason)
    logger.error("search could not build %s", entry, exc_info=fault)
    return _retry(entry, reason)


def _retry(entry: Entry, reason: str) -> Drained:
    """Later and later; after the last try the row is parked with the reason, never thrown away."""
    if entry.attempts + 1 >= MOST_ATTEMPTS:
        return _park(entry, reason)
    return _later(entry, entry.attempts + 1)


def _wait(entry: Entry) -> Drained:
    """However long the engine is away or its disk full: that is not the document's fault, and it is tried again."""
    return _later(entry, max(entry.attempts, min(entry.attempts + 1, _AWAY_COUNTS)))


def _later(entry: Entry, attempts: int) -> Drained:
    """With jitter, so that not all come back at once."""
    delay = min(_FIRST_DELAY * 2 ** (attempts - 1), _LONGEST_DELAY) * random.uniform(0.5, 1.5)  # noqa: S311
    _same(entry).update(attempts=attempts, next_try_at=timezone.now() + timedelta(seconds=delay))
    return Drained(failed=1)


def _park(entry: Entry, reason: str) -> Drained:
    _same(entry).update(parked_reason=reason or "?", attempts=entry.attempts + 1)
    return Drained(parked=1)


def _same(entry: Entry) -> QuerySet[Entry]:
    """The row, if it has not been touched since it was taken."""
    return Entry.objects.filter(pk=entry.pk, version=entry.version)
