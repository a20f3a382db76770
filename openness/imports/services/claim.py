"""Whether a batch that was prepared outside a transaction may still be written."""

from typing import Any

from ..models import ImportJob

_STAND = ("phase", "offset", "read", "checked", "good", "bad", "imported", "undone", "kept")


class Overtaken(Exception):
    """Another process has moved the job on; nothing was written."""


def claim(job: ImportJob) -> None:
    """Lock the job's row and compare. Call first in the transaction that writes the batch: of two processes one gets through.

    Raises:
        Overtaken
    """
    now: Any = ImportJob.objects.select_for_update().filter(pk=job.pk).values_list(*_STAND).first()
    if now != tuple(getattr(job, name) for name in _STAND):
        raise Overtaken
