"""Going on with imports for as long as a process lives: in a thread of the web process, or as `manage.py import_rows`."""

import logging
from threading import Event

from django.db import Error as DatabaseFault
from django.db import close_old_connections

from .services.advance import advance_all
from .services.empty import sweep, sweep_strays
from .services.wake import work_arrived

logger = logging.getLogger(__name__)
# A file taken in by this process goes on at once; those of other processes are looked for now and then.
_POLL_SECONDS, _PAUSE_SECONDS = 5.0, 2.0


def work_until(stop: Event | None = None) -> None:
    """Until `stop` is set; a fault of the database or the disk is logged and tried again soon."""
    stop, begun = stop or Event(), False
    while not stop.is_set():
        work_arrived.clear()
        if _survived(first=not begun):
            begun = True
            work_arrived.wait(_POLL_SECONDS)
        else:
            stop.wait(_PAUSE_SECONDS)


def _survived(*, first: bool) -> bool:
    close_old_connections()
    try:
        if first:
            sweep_strays()
        while advance_all():
            pass
        sweep()
    except (DatabaseFault, OSError):
        logger.exception("imports stopped and go on")
        return False
    finally:
        close_old_connections()
    return True
