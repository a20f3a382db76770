"""The thread that keeps an embedded index up to date inside the web process: `make run` needs no second one."""

import logging
import threading

from django.db import DatabaseError, close_old_connections

from .engines import Engine, EngineAway, engine
from .outbox import work_arrived
from .worker import drain_once

logger = logging.getLogger(__name__)
_POLL_SECONDS, _PAUSE_SECONDS = 0.5, 2.0
_started = threading.Lock()


def start_drain() -> threading.Thread | None:
    """Start the thread once, if the engine wants one."""
    chosen = engine()
    if not chosen.needs_drain or not _started.acquire(blocking=False):
        return None
    thread = threading.Thread(target=_run, args=(chosen,), name="search-drain", daemon=True)
    thread.start()
    return thread


def _run(chosen: Engine) -> None:
    while True:
        work_arrived.wait(_POLL_SECONDS)
        work_arrived.clear()
        if not _round(chosen):
            threading.Event().wait(_PAUSE_SECONDS)


def _round(chosen: Engine) -> bool:
    """One round; False after a failure, which is logged and tried again."""
    close_old_connections()
    try:
        while drain_once(chosen).done:
            pass
    except EngineAway as away:
        logger.info("search index is being written elsewhere or away: %s", away)
        return False
    except DatabaseError:
        logger.exception("the drain could not read the outbox")
        return False
    finally:
        close_old_connections()
    return True
