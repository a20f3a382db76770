"""Reading attachments for as long as a process lives: in a thread of the web process, or as `manage.py extract_attachments`."""

import logging
from threading import Event

from django.db import Error as DatabaseFault
from django.db import close_old_connections

from .services.attachment_texts import extract_waiting, file_arrived

logger = logging.getLogger(__name__)
# A file saved in this process is read at once; those that other processes save are looked for now and then.
_POLL_SECONDS, _PAUSE_SECONDS = 20.0, 2.0


def read_until(stop: Event | None = None) -> None:
    """Read what waits, then wait for more, until `stop` is set; what has arrived before is still read.

    A fault of the database or the system is logged, and tried again soon.
    """
    stop = stop or Event()
    while True:
        file_arrived.clear()
        survived = _survived()
        if stop.is_set():
            return
        if survived:
            file_arrived.wait(_POLL_SECONDS)
        else:
            stop.wait(_PAUSE_SECONDS)


def _survived() -> bool:
    close_old_connections()
    try:
        while extract_waiting():
            pass
    except (DatabaseFault, OSError):
        logger.exception("reading attachments failed and goes on")
        return False
    finally:
        close_old_connections()
    return True
