"""The state of the search, for the operations page: what runs, what waits, what is parked, what was checked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from .engines import Engine, EngineAway, engine
from .models import Entry, Run
from .outbox import work_arrived
from .registry import registry
from .statistics import top, without_result

_DAYS = 30
_PARKED_SHOWN = 100


@dataclass(frozen=True)
class Operations:
    """Counts are of documents; `indexed` is None while the engine is away, and `away` then says why."""

    engine: str
    indexed: int | None
    away: str
    public: int
    waiting: int
    retrying: int
    parked: int
    oldest: datetime | None
    lag: timedelta
    last_rebuild: Run | None
    last_sweep: Run | None
    now_sweeping: Run | None
    parked_rows: list[Entry]
    top: list[tuple[str, int]]
    without_result: list[tuple[str, int]]


def operations() -> Operations:
    """One look at everything; the engine is asked once, with its own time-out."""
    chosen, now = engine(), timezone.now()
    indexed, away = _indexed(chosen)
    parked = ~Q(parked_reason="")
    counts = Entry.objects.filter(pending=True).aggregate(
        waiting=Count("pk", filter=Q(parked_reason="")),
        retrying=Count("pk", filter=Q(parked_reason="", attempts__gt=0)),
        parked=Count("pk", filter=parked),
        oldest=Min("queued_at", filter=Q(parked_reason="")),
    )
    since = timezone.localdate() - timedelta(days=_DAYS)
    return Operations(
        engine=chosen.label,
        indexed=indexed,
        away=away,
        public=sum(kind.public_count() for kind in registry.kinds.values()),
        lag=now - counts["oldest"] if counts["oldest"] else timedelta(),
        last_rebuild=_last(Run.Kind.REBUILD),
        last_sweep=_last(Run.Kind.SWEEP),
        now_sweeping=Run.objects.filter(kind=Run.Kind.SWEEP, ended_at=None).order_by("-started_at").first(),
        parked_rows=list(Entry.objects.filter(parked, pending=True).order_by("queued_at")[:_PARKED_SHOWN]),
        top=top(since),
        without_result=without_result(since),
        **counts,
    )


def _indexed(chosen: Engine) -> tuple[int | None, str]:
    try:
        return chosen.count(), ""
    except EngineAway as away:
        return None, str(away)


def _last(kind: str) -> Run | None:
    return Run.objects.filter(kind=kind, ended_at__isnull=False).order_by("-started_at").first()


@transaction.atomic
def retry_parked(pks: list[int] | None = None) -> int:
    """Try parked rows again at once: these, or all.

    Returns:
        How many.
    """
    rows = Entry.objects.filter(pending=True).exclude(parked_reason="")
    if pks is not None:
        rows = rows.filter(pk__in=pks)
    number = rows.update(parked_reason="", attempts=0, next_try_at=None)
    transaction.on_commit(work_arrived.set)
    return number
