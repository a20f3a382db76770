"""Giving numbers to what became public, from the outbox's rows and the database, never from what an engine shows first.

A document comes when the index has it: until then nobody could say whose search it belongs to. While the engine is away nothing comes,
and all of it comes afterwards. One process at a time gives numbers, and whoever confirms a subscription looks in the same way, so that
everything that comes later has a greater number, whichever transaction began first.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from search.following import fresh
from search.models import Entry
from search.registry import registry
from search.sending import pages

from ..models import Arrival, Clock

# Rows are looked at twice rather than missed, whatever a machine's clock does; and an engine may show a second later what it has taken.
_OVERLAP, _SETTLED = timedelta(days=1), timedelta(seconds=3)
_BATCH = 500


@transaction.atomic
def look() -> int:
    """Number what has come since the last look. Returns the last number given."""
    moment = timezone.now() - _SETTLED
    clock = held()
    if clock.looked_at is None:
        _take_as_known()
    else:
        for rows in pages(_sent_since(clock.looked_at - _OVERLAP, moment), _BATCH):
            _number(clock, rows)
    clock.looked_at = max(moment, clock.looked_at or moment)
    clock.save()
    return clock.last


def held() -> Clock:
    """The clock, locked until the transaction ends."""
    Clock.objects.get_or_create(pk=1)
    return Clock.objects.select_for_update().get(pk=1)


def _take_as_known() -> None:
    """Whatever is public as the first one looks is no news to anybody."""
    for kind in registry.kinds.values():
        for keys in pages(kind.all_keys()):
            Arrival.objects.bulk_create((Arrival(kind=kind.name, key=key, version=0, number=0) for key in keys), ignore_conflicts=True)


def _sent_since(since: datetime, until: datetime) -> Iterator[Entry]:
    yield from Entry.objects.filter(pending=False, sent_at__gte=since, sent_at__lte=until).order_by("kind", "sent_at", "pk").iterator()


def _number(clock: Clock, entries: Iterable[Entry]) -> None:
    for kind, some in groupby(entries, key=lambda entry: entry.kind):
        rows = list(some)
        known = {row.key: row for row in Arrival.objects.filter(kind=kind, key__in=[entry.key for entry in rows])}
        changed = [entry for entry in rows if entry.key not in known or known[entry.key].version < entry.version]
        public = fresh(f"{kind}:{entry.key}" for entry in changed)
        looked = (_seen(clock, entry, known.get(entry.key), f"{kind}:{entry.key}" in public) for entry in changed)
        seen = [row for row in looked if row is not None]
        Arrival.objects.bulk_create([row for row in seen if row.pk is None])
        Arrival.objects.bulk_update([row for row in seen if row.pk is not None], ["version", "number", "public"])


def _seen(clock: Clock, entry: Entry, row: Arrival | None, public: bool) -> Arrival | None:
    """None for what never was public here."""
    if row is None and not public:
        return None
    row = row or Arrival(kind=entry.kind, key=entry.key, number=0, public=False)
    row.version = entry.version
    if public and not row.public:
        clock.last += 1
        row.number = clock.last
    row.public = public
    return row


@transaction.atomic
def gone(uids: Collection[str]) -> None:
    """These were not public when somebody looked. If one is by now, it comes anew: whoever was passed over hears of it."""
    clock, public = held(), fresh(uids)
    for uid in sorted(uids):
        kind, _colon, key = uid.partition(":")
        for row in Arrival.objects.filter(kind=kind, key=key):
            row.public = False
            if uid in public:
                clock.last += 1
                row.public, row.number = True, clock.last
            row.save(update_fields=["public", "number"])
    clock.save()
