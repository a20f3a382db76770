"""What may hold words of persons goes: the file, the cells, the sentences. Who brought in what and when stays."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalog.models.upload import private

from ..models import ImportJob, ImportRow, Phase, RowState

_CAME = (RowState.DONE, RowState.UNDONE, RowState.KEPT)
_ONCE = 20
_STRAY = timedelta(days=1)


def empty(job: ImportJob) -> None:
    """Rows that never became a draft go; the others keep their number and what became of them. Call inside a transaction."""
    rows: Any = ImportRow.objects.filter(job=job)
    rows.exclude(state__in=_CAME)._raw_delete(rows.db)  # no signal, no load: there may be fifty thousand
    rows.update(cells=[], findings=[], key="")
    name, storage = job.file.name, job.file.storage
    ImportJob.objects.filter(pk=job.pk).update(file="", emptied_at=timezone.now(), head=[])
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def sweep() -> int:
    """Jobs whose days are over, so many at a time. Safe to run at any time and in several processes.

    Returns:
        How many were emptied.
    """
    before = timezone.now() - timedelta(days=settings.IMPORT_KEEP_DAYS)
    due = ImportJob.objects.filter(emptied_at=None, moved_at__lt=before).order_by("pk").values_list("pk", flat=True)[:_ONCE]
    return sum(_empty_if_due(pk) for pk in list(due))


def sweep_strays() -> int:
    """Files without a job: a process died between writing the file and the row. Once a process is enough."""
    storage, gone = private(), 0
    for name in list(_files(storage, "imports")):
        old = storage.get_modified_time(name) < timezone.now() - _STRAY
        if old and not ImportJob.objects.filter(file=name).exists():
            storage.delete(name)
            gone += 1
    return gone


def _files(storage: Any, folder: str) -> Iterator[str]:
    if storage.exists(folder):
        folders, files = storage.listdir(folder)
        yield from (f"{folder}/{name}" for name in files)
        for name in folders:
            yield from _files(storage, f"{folder}/{name}")


@transaction.atomic
def _empty_if_due(pk: int) -> bool:
    job = ImportJob.objects.select_for_update().filter(pk=pk, emptied_at=None).first()
    if job is None or (job.at_work and not job.fault):
        return False
    if job.phase not in (Phase.DONE, Phase.UNDONE):
        ImportJob.objects.filter(pk=pk).update(phase=Phase.GIVEN_UP)
    empty(job)
    return True
