"""What is searched often, and what often finds nothing. Nothing of a person is kept.

A query is counted in memory, without time or address, and written down once it was asked `ENOUGH` times of this process on one day;
numbers that may be a person's (five digits and more), long texts and forms of address are never written down. Writing is done at most
once a minute, for all queries together.
"""

import re
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import date
from time import monotonic

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from .analysis import normalise
from .models import QueryCount

ENOUGH = 3
MOST_CHARACTERS = 20
FLUSH_SECONDS = 60.0
_MOST_REMEMBERED = 5_000
_PERSONAL = re.compile(r"\d{5,}|@|先生|女士|同志|我是|我叫|户主|身份证")


class _Counts:
    """One process and day: how often a query was asked, how often of these it found nothing, and what of it is written down."""

    def __init__(self, day: date = date.min) -> None:
        self.day = day
        self.seen: Counter[str] = Counter()
        self.empty: Counter[str] = Counter()
        self.written: dict[str, tuple[int, int]] = {}

    def due(self) -> dict[str, tuple[int, int]]:
        """Query -> (times, without a result) to be added; marks them as written."""
        found = {}
        for words, times in self.seen.items():
            before, before_empty = self.written.get(words, (0, 0))
            if times >= ENOUGH and times > before:
                found[words] = (times - before, self.empty[words] - before_empty)
                self.written[words] = (times, self.empty[words])
        return found


_lock = threading.Lock()
_counts = _Counts()
_flushed_at = monotonic()


def count(text: str, found: int) -> None:
    """Count a search of the first page."""
    words = normalise(" ".join(text.split()))
    if not words or len(words) > MOST_CHARACTERS or _PERSONAL.search(words):
        return
    _remember(words, found == 0)
    if monotonic() - _flushed_at >= FLUSH_SECONDS:
        flush()


def _remember(words: str, empty: bool) -> None:
    global _counts  # noqa: PLW0603  (one process, one count)
    with _lock:
        today = timezone.localdate()
        if _counts.day != today or len(_counts.seen) > _MOST_REMEMBERED:
            _counts = _Counts(today)
        _counts.seen[words] += 1
        _counts.empty[words] += empty


def flush() -> None:
    """Write down what was asked often enough."""
    global _flushed_at
    with _lock:
        _flushed_at, day, due = monotonic(), _counts.day, _counts.due()
    if due:
        _write(day, due)


@transaction.atomic
def _write(day: date, due: Mapping[str, tuple[int, int]]) -> None:
    QueryCount.objects.bulk_create([QueryCount(day=day, text=words) for words in sorted(due)], ignore_conflicts=True)
    for words, (times, empty) in sorted(due.items()):
        QueryCount.objects.filter(day=day, text=words).update(times=F("times") + times, empty=F("empty") + empty)


def top(since: date, limit: int = 20) -> list[tuple[str, int]]:
    """(text, times), most first."""
    rows = QueryCount.objects.filter(day__gte=since).values("text").annotate(sum=Sum("times")).order_by("-sum", "text")[:limit]
    return [(row["text"], row["sum"]) for row in rows]


def without_result(since: date, limit: int = 20) -> list[tuple[str, int]]:
    """(text, times that it found nothing), most first."""
    rows = QueryCount.objects.filter(day__gte=since, empty__gt=0).values("text").annotate(sum=Sum("empty")).order_by("-sum", "text")[:limit]
    return [(row["text"], row["sum"]) for row in rows]
