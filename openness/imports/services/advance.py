"""A job goes on by batches. Each batch is one transaction that also moves the job's counters on: a process may die between any two."""

import logging
from collections.abc import Callable
from time import monotonic

from django.db import Error as DatabaseFault
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import ImportJob, Phase
from ..models.job import AT_WORK
from . import bring_in, check, stage, undo
from .claim import Overtaken
from .lookups import Lookups

logger = logging.getLogger(__name__)
_STEPS: dict[str, Callable[[ImportJob, Lookups], None]] = {
    Phase.READING: stage.step,
    Phase.CHECKING: check.step,
    Phase.IMPORTING: bring_in.step,
    Phase.UNDOING: undo.step,
}
TURN_SECONDS = 5.0


def waiting() -> list[int]:
    """Jobs that can go on, the one that has waited longest first: a large one does not hold up the others."""
    return list(ImportJob.objects.filter(phase__in=AT_WORK, fault="").order_by("moved_at", "pk").values_list("pk", flat=True)[:50])


def advance_all() -> int:
    """A turn for each job that can go on. Returns how many went on. Safe in several processes at once."""
    return sum(advance(key) for key in waiting())


def advance(key: int, seconds: float = TURN_SECONDS) -> bool:
    """Batch after batch until the job waits for a person or the time is over; at least one.

    A fault of the database passes and is raised; any other stops the job with a sentence for its page.

    Returns:
        Whether anything was done: not where another process is at it.
    """
    end, moved = monotonic() + seconds, False
    lookups: Lookups | None = None
    while (job := _current(key)) is not None:
        lookups = lookups or Lookups(job.owner)
        try:
            _STEPS[job.phase](job, lookups)
        except Overtaken:
            break  # another process has done this batch
        except DatabaseFault:
            raise
        except Exception as fault:  # noqa: BLE001  (its words may hold a cell: only its kind is logged)
            _stop(job, fault)
            break
        moved = True
        if monotonic() >= end:
            break
    return moved


def _current(key: int) -> ImportJob | None:
    jobs = ImportJob.objects.select_related("owner", "unit", "item__field__standard")
    return jobs.filter(pk=key, phase__in=AT_WORK, fault="").first()


def _stop(job: ImportJob, fault: Exception) -> None:
    frame = fault.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
    logger.error("import %s stopped: %s at %s", job.pk, type(fault).__name__, where)
    words = _("程序出了错，停在这里；前面做完的都在。可以再试一次，还不行请告诉管理员：导入 {n} 号。").format(n=job.pk)
    ImportJob.objects.filter(pk=job.pk, phase=job.phase).update(fault=words, moved_at=timezone.now())
