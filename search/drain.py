"""The thread that keeps an embedded index up to date inside the web process: `make run` needs no second one."""

import logging
import threading
from collections.abc import Callable

from django.db import Error as DatabaseFault
from django.db import close_old_connections

from .engines import Engine, EngineAway, engine
from .outbox import work_arrived
from .rebuild import RebuildFailed
from .sending import FAULTS
from .suggest.refresh import refresh_if_asked
from .upkeep import Rest, begin
from .worker import drain_once

logger = logging.getLogger(__name__)
_POLL_SECONDS, _PAUSE_SECONDS = 0.5, 2.0
_started = threading.Lock()


def start_drain(stop: threading.Event | None = None) -> threading.Thread | None:
    """Start the thread once, if the engine wants one; it ends when `stop` is set."""
    chosen = engine()
    if not chosen.needs_drain or not _started.acquire(blocking=False):
        return None
    thread = threading.Thread(target=_run, args=(chosen, stop or threading.Event()), name="search-drain", daemon=True)
    thread.start()
    return thread


def _run(chosen: Engine, stop: threading.Event) -> None:
    while not stop.is_set() and not _survived(begin, chosen):
        stop.wait(_PAUSE_SECONDS)
    rest = Rest()
    while not stop.is_set():
        work_arrived.wait(_POLL_SECONDS)
        work_arrived.clear()
        if not (_survived(_drain, chosen) and _survived(rest.take, chosen)):
            stop.wait(_PAUSE_SECONDS)


def _drain(chosen: Engine) -> None:
    while drain_once(chosen).done:
        pass
    refresh_if_asked(between=lambda: drain_once(chosen))


def _survived(step: Callable[[Engine], object], chosen: Engine) -> bool:
    """Take a step; False after a failure, which is logged, and tried again by the caller."""
    close_old_connections()
    try:
        step(chosen)
    except EngineAway as away:
        logger.info("search index is being written elsewhere or away: %s", away)
        return False
    except (DatabaseFault, OSError, RebuildFailed, *FAULTS):
        logger.exception("the drain failed and goes on")
        return False
    finally:
        close_old_connections()
    return True
