"""From the outbox to the index: documents are rebuilt from the database now, never from the message."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .documents import Document
from .engines.base import Delete, DocumentRejected, Engine, EngineAway, Index, Operation
from .models import Entry
from .registry import registry

BATCH = 500
MOST_ATTEMPTS = 8
_FIRST_DELAY, _LONGEST_DELAY = 1.0, 600.0


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
    while (step := drain_once(engine)).done + step.failed + step.parked:
        total = Drained(*(a + b for a, b in zip(_counts(total), _counts(step), strict=True)))
    return total


def _counts(drained: Drained) -> tuple[int, int, int, int]:
    return drained.sent, drained.gone, drained.failed, drained.parked


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
    if not entries:
        return Drained()
    operations = _operations(entries)
    try:
        engine.apply(operations)
    except DocumentRejected:
        return _send_one_by_one(engine, entries, operations)
    except EngineAway as away:
        _retry(entries, str(away))
        return Drained(failed=len(entries))
    return _done(entries, operations)


def _operations(entries: Sequence[Entry]) -> list[Operation]:
    documents: dict[tuple[str, str], Document] = {}
    for kind in {entry.kind for entry in entries}:
        keys = [entry.key for entry in entries if entry.kind == kind]
        built = registry.kinds[kind].build(keys) if kind in registry.kinds else {}
        documents |= {(kind, key): document for key, document in built.items()}
    return [
        Index(documents[entry.kind, entry.key], entry.version)
        if (entry.kind, entry.key) in documents
        else Delete(f"{entry.kind}:{entry.key}", entry.version)
        for entry in entries
    ]


def _send_one_by_one(engine: Engine, entries: Sequence[Entry], operations: Sequence[Operation]) -> Drained:
    """One document is at fault: the others must not wait for it."""
    sent = gone = parked = 0
    for entry, operation in zip(entries, operations, strict=True):
        try:
            engine.apply([operation])
        except DocumentRejected as rejected:
            _park([entry], str(rejected))
            parked += 1
            continue
        drained = _done([entry], [operation])
        sent, gone = sent + drained.sent, gone + drained.gone
    return Drained(sent, gone, 0, parked)


def _done(entries: Sequence[Entry], operations: Sequence[Operation]) -> Drained:
    """A row is done only if its version is still the one sent: a change meanwhile stays pending."""
    still = Q()
    for entry in entries:
        still |= Q(pk=entry.pk, version=entry.version)
    done = {"pending": False, "sent_at": timezone.now(), "attempts": 0, "next_try_at": None, "parked_reason": ""}
    Entry.objects.filter(still).update(**done)
    gone = sum(isinstance(operation, Delete) for operation in operations)
    return Drained(len(operations) - gone, gone)


def _retry(entries: Sequence[Entry], reason: str) -> None:
    """Later and later, with jitter; after the last try the row is parked with the reason, never thrown away."""
    for entry in entries:
        if entry.attempts + 1 >= MOST_ATTEMPTS:
            _park([entry], reason)
            continue
        delay = min(_FIRST_DELAY * 2**entry.attempts, _LONGEST_DELAY) * random.uniform(0.5, 1.5)  # noqa: S311
        Entry.objects.filter(pk=entry.pk, version=entry.version).update(
            attempts=entry.attempts + 1, next_try_at=timezone.now() + timedelta(seconds=delay)
        )


def _park(entries: Sequence[Entry], reason: str) -> None:
    for entry in entries:
        Entry.objects.filter(pk=entry.pk, version=entry.version).update(parked_reason=reason or "?", attempts=entry.attempts + 1)
