"""What is searched often, and what often finds nothing. Nothing of a person is kept.

A query is counted in memory only, without time or address, and written down once it was asked `ENOUGH` times by this process on
one day; numbers that may be a person's (five digits and more), long texts and forms of address are never written down.
"""

import re
import threading
from collections import Counter
from datetime import date

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from .analysis import normalise
from .models import QueryCount

ENOUGH = 3
MOST_CHARACTERS = 20
_MOST_REMEMBERED = 5_000
_PERSONAL = re.compile(r"\d{5,}|@|先生|女士|同志|我是|我叫|户主|身份证")


class _Counts:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.day = date.min
        self.seen: Counter[str] = Counter()
        self.empty: Counter[str] = Counter()


_counts = _Counts()


def count(text: str, found: int) -> None:
    """Count a search of the first page. Writes one row at the third search of the same words and at each one after."""
    words = normalise(" ".join(text.split()))
    if not words or len(words) > MOST_CHARACTERS or _PERSONAL.search(words):
        return
    times, empty = _remember(words, found == 0)
    if times:
        _write(words, times, empty)


def _remember(words: str, empty: bool) -> tuple[int, int]:
    """How many times, and how many of them without a result, are to be added now."""
    with _counts.lock:
        today = timezone.localdate()
        if _counts.day != today or len(_counts.seen) > _MOST_REMEMBERED:
            _counts.day, _counts.seen, _counts.empty = today, Counter(), Counter()
        _counts.seen[words] += 1
        _counts.empty[words] += empty
        if _counts.seen[words] < ENOUGH:
            return 0, 0
        first = _counts.seen[words] == ENOUGH
        return (ENOUGH, _counts.empty[words]) if first else (1, int(empty))


@transaction.atomic
def _write(words: str, times: int, empty: int) -> None:
    row, _made = QueryCount.objects.get_or_create(day=timezone.localdate(), text=words)
    QueryCount.objects.filter(pk=row.pk).update(times=F("times") + times, empty=F("empty") + empty)


def top(since: date, limit: int = 20) -> list[tuple[str, int]]:
    """(text, times), most first."""
    rows = QueryCount.objects.filter(day__gte=since).values("text").annotate(sum=Sum("times")).order_by("-sum", "text")[:limit]
    return [(row["text"], row["sum"]) for row in rows]


def without_result(since: date, limit: int = 20) -> list[tuple[str, int]]:
    """(text, times that it found nothing), most first."""
    rows = QueryCount.objects.filter(day__gte=since, empty__gt=0).values("text").annotate(sum=Sum("empty")).order_by("-sum", "text")[:limit]
    return [(row["text"], row["sum"]) for row in rows]
