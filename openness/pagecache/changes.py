"""Changes of topics: written down in the transaction of the act, counted right after it.

The note (`Pending`) locks nothing that others want, so publications never wait for each other here. A process killed between its commit and its
counting leaves the note, and pages of that topic are not taken from memory until somebody has counted it.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from .models import Pending, Version
from .topics import ANY

logger = logging.getLogger(__name__)
_VERSIONS, _PENDING = Version._meta.db_table, Pending._meta.db_table
TABLES = {_VERSIONS, _PENDING}
_UNCOUNTED = "pagecache_uncounted"
_LEFT_BEHIND = timedelta(seconds=5)


class _Count:
    """Counts, after the commit, what was noted in it. Rolled back with its savepoint, Django forgets it."""

    def __init__(self, noted: Sequence[Pending]) -> None:
        self.topics = frozenset(row.topic for row in noted)
        self.keys = [row.pk for row in noted]
        self.is_done = False

    def __call__(self) -> None:
        self.is_done = True
        try:
            count(self.topics, self.keys)
        except DatabaseError:
            logger.exception("changes of pages were not counted; their pages are made anew until they are")


def note(topics: Iterable[str]) -> None:
    """Write down that these change, if this transaction has not said so yet."""
    noted = {topic for act in _waiting() for topic in act.topics}
    if missing := {*topics, ANY} - noted:
        transaction.on_commit(_Count(_written(missing)))


def _waiting() -> list[_Count]:
    acts: list[Any] = [entry[1] for entry in connection.run_on_commit]
    return [act for act in acts if isinstance(act, _Count) and not act.is_done]


def note_alone(topics: Iterable[str]) -> None:
    """The same before a write that is a transaction of its own. Counted with the next statement or at the end of the request: until a row
    that it returns is read, SQLite has not committed it.
    """
    _uncounted().append(_Count(_written({*topics, ANY})))


def count_alone(**_kwargs: Any) -> None:
    """Count what such writes of this thread left."""
    waiting = _uncounted()
    while waiting and not connection.in_atomic_block:
        waiting.pop()()


def _uncounted() -> list[_Count]:
    found: list[_Count] | None = getattr(connection, _UNCOUNTED, None)
    if found is None:
        found = []
        setattr(connection, _UNCOUNTED, found)
    return found


def _written(topics: Iterable[str]) -> list[Pending]:
    return Pending.objects.bulk_create([Pending(topic=topic) for topic in sorted(topics)])


def count(topics: Collection[str], keys: Collection[int]) -> None:
    """Raise the versions and take the notes away, in one short transaction; always in the same order, so that two never wait for each other."""
    rows = ", ".join(["(%s, 1)"] * len(topics))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_VERSIONS} (topic, number) VALUES {rows} "  # noqa: S608  (our own table name)
                f"ON CONFLICT (topic) DO UPDATE SET number = {_VERSIONS}.number + 1",
                sorted(topics),
            )
        Pending.objects.filter(pk__in=keys).delete()


def count_left_behind() -> int:
    """Count what a killed process left. Returns how many notes."""
    rows = list(Pending.objects.filter(at__lt=timezone.now() - _LEFT_BEHIND)[:1000])
    if rows:
        count({row.topic for row in rows}, [row.pk for row in rows])
    return len(rows)


def token(topics: Sequence[str]) -> str | None:
    """What the versions are now, as one string, by one query; None while a change is noted and not counted."""
    with connection.cursor() as cursor:
        cursor.execute(token_query(len(topics)), [*topics, *topics])
        return token_of(topics, cursor.fetchall())


def token_query(number: int) -> str:
    """For so many topics, which are its parameters twice over. Its rows are for `token_of`."""
    marks = ", ".join(["%s"] * number)
    return (
        f"SELECT topic, number FROM {_VERSIONS} WHERE topic IN ({marks}) "  # noqa: S608  (our own table names)
        f"UNION ALL SELECT topic, -1 FROM {_PENDING} WHERE topic IN ({marks})"
    )


def token_of(topics: Sequence[str], rows: Iterable[tuple[str, int]]) -> str | None:
    found = dict(sorted(rows, reverse=True))
    return None if -1 in found.values() else ",".join(str(found.get(topic, 0)) for topic in topics)


ALL_QUERY = (
    f"SELECT (SELECT number FROM {_VERSIONS} WHERE topic = '{ANY}'), "  # noqa: S608  (our own names)
    f"EXISTS (SELECT 1 FROM {_PENDING})"
)  # how many changes were counted, and whether one is noted and not counted
