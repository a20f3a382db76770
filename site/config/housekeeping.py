"""A thread that keeps time inside the web process, for installations of one process; others run `manage.py keep_time` by cron."""

import logging
import threading
from io import StringIO

from django.core.management import call_command
from django.db import DatabaseError, close_old_connections

logger = logging.getLogger(__name__)
_EVERY_SECONDS = 300.0


def start_housekeeping() -> threading.Thread:
    thread = threading.Thread(target=_run, name="keep-time", daemon=True)
    thread.start()
    return thread


def _run() -> None:
    pause = threading.Event()
    while not pause.wait(_EVERY_SECONDS):
        close_old_connections()
        try:
            call_command("keep_time", stdout=StringIO())
            call_command("supervise", once_a_day=True, stdout=StringIO())
        except DatabaseError:
            logger.exception("keep_time or supervise failed and is tried again later")
        finally:
            close_old_connections()
