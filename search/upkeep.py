"""What a worker does besides draining: an index of an earlier layout is rebuilt, a lost one refilled, and, at rest, swept."""

from time import monotonic

from django.utils import timezone

from .engines.base import Engine, EngineAway
from .models import Run
from .rebuild import RebuildFailed, rebuild, refill_if_lost
from .sweep import sweep_step

_SWEEP_SECONDS = 5.0  # between two pages of the sweep: a million documents take an hour and a half


def begin(engine: Engine) -> None:
    """Before the first drain.

    Raises:
        EngineAway: try again.
        RebuildFailed: as `rebuild`.
    """
    if engine.outdated():
        recorded_rebuild(engine)
    refill_if_lost(engine)


def recorded_rebuild(engine: Engine) -> int:
    """`rebuild`, with what became of it for the operations page."""
    run = Run.objects.create(kind=Run.Kind.REBUILD, started_at=timezone.now())
    try:
        run.documents = rebuild(engine)
    except (RebuildFailed, EngineAway) as fault:
        run.fault = str(fault)
        raise
    finally:
        run.ended_at = timezone.now()
        run.save()
    return run.documents


class Rest:
    """What to do when nothing waits: a page of the sweep now and then."""

    def __init__(self) -> None:
        self._next = 0.0

    def take(self, engine: Engine) -> None:
        """Raises EngineAway as `sweep_step` does."""
        if monotonic() >= self._next:
            self._next = monotonic() + _SWEEP_SECONDS
            sweep_step(engine)
