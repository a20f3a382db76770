"""Whether a batch that was prepared outside a transaction may still be written, and writing its rows."""

from collections.abc import Sequence
from typing import Any

from ..models import ImportJob, ImportRow

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


def store(rows: Sequence[ImportRow], fields: Sequence[str]) -> None:
    """Write these fields of rows that are there. `bulk_update` took a third of the dry run with its cases and whens."""
    ImportRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=fields)
