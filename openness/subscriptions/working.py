"""Sending for as long as a process lives: in a thread of the web process, or as `manage.py send_subscriptions`."""

import logging
from threading import Event

from django.db import Error as DatabaseFault
from django.db import close_old_connections

from .services.upkeep import turn
from .services.wake import work_arrived

logger = logging.getLogger(__name__)
# Asked for in this process, a letter goes at once; otherwise every five minutes.
_POLL_SECONDS, _PAUSE_SECONDS = 300.0, 30.0


def send_until(stop: Event | None = None) -> None:
    """Until `stop` is set; a fault of the database or the disk is logged and tried again soon."""
    stop = stop or Event()
    while not stop.is_set():
        work_arrived.clear()
        if _survived():
            work_arrived.wait(_POLL_SECONDS)
        else:
            stop.wait(_PAUSE_SECONDS)


def _survived() -> bool:
    close_old_connections()
    try:
        while turn():
            pass
    except (DatabaseFault, OSError):
        logger.exception("sending of subscriptions stopped and goes on")
        return False
    finally:
        close_old_connections()
    return True
