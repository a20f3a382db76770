"""Asking for a PDF: one drawing at a time in a process of the site, bounded in time, memory and size."""

import logging
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO

from .job import Ending, Job

logger = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[3]
MEMORY_BYTES = 1536 * 1024 * 1024  # of address space: the fonts alone are mapped with 120 MB
CPU_SECONDS = 20
SECONDS = 30
MOST_BYTES = 20 * 1024 * 1024
_PATIENCE = 3.0
_one_at_a_time = BoundedSemaphore(1)


class NotDrawn(Exception):
    """No PDF: `busy` passes by itself, `missing` is for the administrator of the server, otherwise the text is too long."""

    def __init__(self, *, busy: bool = False, missing: bool = False) -> None:
        super().__init__("busy" if busy else "missing" if missing else "too large")
        self.busy, self.missing = busy, missing


def draw_outside(job: Job) -> bytes:
    """The PDF. While another is being drawn, this waits three seconds at most: a visitor must not hold the site's threads.

    Raises:
        NotDrawn: busy, libraries or fonts missing, too long.
    """
    if not _one_at_a_time.acquire(timeout=_PATIENCE):
        raise NotDrawn(busy=True)
    try:
        return _draw(job)
    finally:
        _one_at_a_time.release()


def _draw(job: Job) -> bytes:
    command = [sys.executable, "-m", __package__, str(MEMORY_BYTES), str(CPU_SECONDS)]
    # Without the site's environment: what draws strangers' words gets no secrets.
    environment = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    with tempfile.TemporaryFile() as complaints:
        try:
            done = subprocess.run(  # noqa: S603  (our own module, its arguments as a list)
                command, input=job.to_bytes(), stdout=subprocess.PIPE, stderr=complaints, env=environment, cwd="/", timeout=SECONDS, check=False
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            # Its own work is limited to less: the server has too much else to do.
            logger.warning("a sheet took longer than %s seconds", SECONDS)
            raise NotDrawn(busy=True) from None
        return _judged(done.returncode, done.stdout, complaints)


def _judged(ending: int, pdf: bytes, complaints: IO[bytes]) -> bytes:
    if ending == Ending.DRAWN and len(pdf) <= MOST_BYTES:
        return pdf
    complaints.seek(0)
    known = ending in {Ending.DRAWN, Ending.NO_LIBRARIES, Ending.NO_FONT, Ending.TOO_LARGE, -signal.SIGXCPU, -signal.SIGKILL}
    level = logging.WARNING if known else logging.ERROR
    logger.log(level, "drawing a sheet ended with %s: %s", ending, complaints.read()[-2000:].decode("utf-8", "replace"))
    raise NotDrawn(missing=ending in {Ending.NO_LIBRARIES, Ending.NO_FONT})
