"""Threads that keep time, read attachments, go on with imports and send subscriptions inside the web process, for installations of one process.

Others run `manage.py keep_time` by cron, `manage.py extract_attachments`, `manage.py import_rows` and
`manage.py send_subscriptions` as services.
"""

import logging
import threading
from io import StringIO

from django.core.management import call_command
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from openness.disclosures.reading import read_until
from openness.imports.working import work_until
from openness.subscriptions.working import send_until

logger = logging.getLogger(__name__)
_EVERY_SECONDS = 300.0


def start_housekeeping() -> list[threading.Thread]:
    threads = [
        threading.Thread(target=_run, name="keep-time", daemon=True),
        threading.Thread(target=read_until, name="read-attachments", daemon=True),
        threading.Thread(target=work_until, name="import-rows", daemon=True),
        threading.Thread(target=send_until, name="send-subscriptions", daemon=True),
    ]
    for thread in threads:
        thread.start()
    return threads


def _run() -> None:
    pause, swept = threading.Event(), None
    while not pause.wait(_EVERY_SECONDS):
        close_old_connections()
        try:
            call_command("keep_time", stdout=StringIO())
            call_command("supervise", once_a_day=True, stdout=StringIO())
            if timezone.localdate() != swept:
                call_command("sweep_files", stdout=StringIO())
                swept = timezone.localdate()
        except (DatabaseError, OSError):
            logger.exception("keep_time, supervise or sweep_files failed and is tried again later")
        finally:
            close_old_connections()
