"""A whole new index beside the old one, checked, then swapped in; what changes meanwhile is not lost."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.utils import timezone

from .engines.base import Delete, Engine, Index, Operation
from .models import Entry
from .outbox import touch
from .registry import registry

_PAGE = 1000


class RebuildFailed(Exception):
    """The new index does not hold what the database holds; the old one stays in place."""


def rebuild(engine: Engine) -> int:
    """Fill, catch up, verify, swap. Writers wait during the catch-up and the swap only, not during the filling.

    Returns:
        How many documents the new index holds.

    Raises:
        RebuildFailed: counts differ.
        EngineAway: somebody else is writing.
    """
    started = timezone.now()
    with engine.rebuild() as fresh:
        for kind in registry.kinds.values():
            for keys in _pages(kind.all_keys()):
                fresh.apply(_as_they_are(kind.name, keys))
        with engine.writing():
            _catch_up(fresh, started)
            found, expected = fresh.count(), sum(kind.public_count() for kind in registry.kinds.values())
            if found != expected:
                raise RebuildFailed(f"{found} documents in the new index, {expected} in the database")
    return found


def _catch_up(fresh: Engine, started: object) -> None:
    """Everything touched since the start, once more, from the database as it is now."""
    changed = Entry.objects.filter(queued_at__gte=started).order_by("pk").values_list("kind", "key")
    for page in _pages(changed.iterator()):
        for name in {kind for kind, _key in page}:
            fresh.apply(_as_they_are(name, [key for kind, key in page if kind == name]))


def _as_they_are(name: str, keys: Sequence[str]) -> list[Operation]:
    """What the database says of these keys now, at the versions read before: a change meanwhile has a higher one."""
    versions = dict(Entry.objects.filter(kind=name, key__in=keys).values_list("key", "version"))
    documents = registry.kinds[name].build(keys)
    return [
        Index(documents[key], versions.get(key, 0)) if key in documents else Delete(f"{name}:{key}", versions.get(key, 0)) for key in keys
    ]


def _pages(items: Iterable[Any]) -> Iterator[list[Any]]:
    source = iter(items)
    while page := list(islice(source, _PAGE)):
        yield page


class Differences:
    """What an index and the public database do not agree on, as uids."""

    def __init__(self, missing: set[str], ghosts: set[str], stale: set[str]) -> None:
        self.missing, self.ghosts, self.stale = missing, ghosts, stale

    def __bool__(self) -> bool:
        return bool(self.missing or self.ghosts or self.stale)


def compare(engine: Engine) -> Differences:
    """Digest against digest, over everything public."""
    indexed = dict(engine.digests())
    public: dict[str, str] = {}
    for kind in registry.kinds.values():
        for keys in _pages(kind.all_keys()):
            public |= {document.uid: document.digest() for document in kind.build(keys).values()}
    stale = {uid for uid, digest in public.items() if indexed.get(uid, digest) != digest}
    return Differences(public.keys() - indexed.keys(), indexed.keys() - public.keys(), stale)


def repair(differences: Differences) -> None:
    """Through the outbox, like every other change."""
    for uid in differences.missing | differences.ghosts | differences.stale:
        kind, _colon, key = uid.partition(":")
        touch(kind, [key])
