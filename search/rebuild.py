"""A whole new index beside the old one, checked, then swapped in; what changes meanwhile is not lost."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from time import monotonic, sleep

from django.db.models import Q, QuerySet
from django.utils import timezone

from .engines.analysts import analysts
from .engines.base import Engine, EngineAway, Index
from .models import Entry
from .outbox import touch
from .registry import registry
from .sending import Wanted, pages, send

_ROUNDS = 5
_PATIENCE_SECONDS = 60.0
_CLOCKS_DIFFER = timedelta(seconds=10)


class RebuildFailed(Exception):
    """The new index does not hold what the database holds; the old one stays in place."""


class _Filling:
    """A new index, and what it ought to hold: uid -> digest. What could not be written is kept apart and parked by the worker."""

    def __init__(self, fresh: Engine) -> None:
        self.fresh = fresh
        self.digests: dict[str, str] = {}
        self.at_fault: set[tuple[str, str]] = set()

    def put(self, wanted: Sequence[Wanted]) -> None:
        for one in send(self.fresh, wanted):
            uid, name = f"{one.wanted.kind}:{one.wanted.key}", (one.wanted.kind, one.wanted.key)
            self.digests.pop(uid, None)
            self.at_fault.discard(name)
            if isinstance(one.operation, Index):
                self.digests[uid] = one.operation.document.digest()
            if one.fault is not None:
                self.at_fault.add(name)

    def everything_public(self) -> None:
        for kind in registry.kinds.values():
            for keys in pages(kind.all_keys()):
                versions = dict(Entry.objects.filter(kind=kind.name, key__in=keys).values_list("key", "version"))
                self.put([Wanted(kind.name, key, versions.get(key, 0)) for key in keys])

    def changed_since(self, started: datetime) -> None:
        for page in pages(_moving(started).order_by("pk").values_list("kind", "key", "version").iterator()):
            self.put([Wanted(*row) for row in page])

    def differences(self) -> tuple[int, set[str]]:
        """How many public documents it does not hold, those at fault aside; the uids of those that it holds otherwise than they were sent."""
        public = sum(kind.public_count() for kind in registry.kinds.values())
        other = set(self.fresh.digests()) ^ set(self.digests.items())
        return public - len(self.at_fault) - self.fresh.count(), {uid for uid, _digest in other}


def rebuild(engine: Engine) -> int:
    """Fill, catch up, verify, swap. Other writers wait during the catch-up and the swap only, not during the filling.

    Returns:
        How many documents the new index holds.

    Raises:
        RebuildFailed: counts or digests differ.
        EngineAway: somebody else is rebuilding, or keeps writing.
    """
    started = timezone.now()
    with engine.rebuild() as fresh:
        filling = _Filling(fresh)
        with analysts(sum(kind.public_count() for kind in registry.kinds.values())):
            filling.everything_public()
        with _alone(engine):
            _verify(filling, started)
            fresh.take_over()
    for kind, key in filling.at_fault:
        touch(kind, [key])
    return len(filling.digests)


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Writing, once whoever writes now has ended."""
    deadline = monotonic() + _PATIENCE_SECONDS
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(engine.writing())
            except EngineAway:
                if monotonic() > deadline:
                    raise
                sleep(0.05)
            else:
                break
        yield


def _verify(filling: _Filling, started: datetime) -> None:
    """Publishing goes on during the count, so a difference is caught up with a few times before it is one.

    A version is read before the document is built: a change meanwhile has a higher one. What changed after a round began is
    excused: it waits in the outbox, or a worker that knows the new index has written it to both.
    """
    for _round in range(_ROUNDS):
        began = timezone.now()
        filling.changed_since(started)
        lacking, other = filling.differences()
        moving = {f"{kind}:{key}" for kind, key in _moving(began).values_list("kind", "key")}
        if abs(lacking) <= len(moving) and not other - moving:
            return
    raise RebuildFailed(f"the new index lacks {lacking} documents of the database and holds {len(other)} otherwise than they were sent")


def _moving(started: datetime) -> QuerySet[Entry]:
    """Rows touched or sent since then. A transaction may have touched before and committed after: its row is pending or was sent."""
    since = started - _CLOCKS_DIFFER
    return Entry.objects.filter(Q(pending=True) | Q(queued_at__gte=since) | Q(sent_at__gte=since))


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
        for keys in pages(kind.all_keys()):
            public |= {document.uid: document.digest() for document in kind.build(keys).values()}
    stale = {uid for uid, digest in public.items() if indexed.get(uid, digest) != digest}
    return Differences(public.keys() - indexed.keys(), indexed.keys() - public.keys(), stale)


def repair(differences: Differences) -> None:
    """Through the outbox, like every other change."""
    for uid in differences.missing | differences.ghosts | differences.stale:
        kind, _colon, key = uid.partition(":")
        touch(kind, [key])


def refill_if_lost(engine: Engine) -> int:
    """An index that holds nothing although things were sent to it has been lost, as after a restore: queue everything public.

    Returns:
        How many documents were queued.
    """
    if engine.count() or not Entry.objects.filter(pending=False).exists():
        return 0
    queued = 0
    for kind in registry.kinds.values():
        for keys in pages(kind.all_keys()):
            touch(kind.name, keys)
            queued += len(keys)
    return queued
