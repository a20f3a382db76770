"""Telling the index that something changed: rows written in the transaction of the change. No engine is called here."""

import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from .models import Entry

_BATCH = 200
_TABLE = Entry._meta.db_table

# Set whenever a transaction that touched something has been committed in this process.
work_arrived = threading.Event()


def touch(kind: str, keys: Iterable[str | int]) -> None:
    """Queue these documents. Call inside the transaction that changes them: both stand or fall together.

    The statement itself adds one to the version, so that two transactions can never give out the same one.
    """
    wanted = sorted({str(key) for key in keys})  # one order for everybody: no deadlock on PostgreSQL
    for start in range(0, len(wanted), _BATCH):
        _upsert(kind, wanted[start : start + _BATCH])
    if wanted:
        transaction.on_commit(work_arrived.set)


def touch_query(kind: str, queryset: QuerySet[Any]) -> None:
    """Queue everything that a query finds, without loading it."""
    keys = queryset.values_list("pk", flat=True).iterator(chunk_size=5000)
    while chunk := list(islice(keys, 5000)):
        touch(kind, chunk)


def as_of() -> datetime:
    """Everything changed before this moment can be found: when the oldest waiting change was made, or now.

    What is parked waits for a person and does not hold the clock back; the operations page names it.
    """
    oldest: datetime | None = Entry.objects.filter(pending=True, parked_reason="").aggregate(first=Min("queued_at"))["first"]
    return oldest or timezone.now()


def _upsert(kind: str, keys: Sequence[str]) -> None:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows = ", ".join(["(%s, %s, 1, %s, %s, 0, '')"] * len(keys))
    parameters = [value for key in keys for value in (kind, key, True, now)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_TABLE} (kind, key, version, pending, queued_at, attempts, parked_reason) VALUES {rows} "  # noqa: S608  (our own table name)
            f"ON CONFLICT (kind, key) DO UPDATE SET version = {_TABLE}.version + 1, pending = excluded.pending, "
            "queued_at = excluded.queued_at, attempts = 0, next_try_at = NULL, parked_reason = ''",
            parameters,
        )
