"""The dry run: every row gets its findings. Nothing but the rows and the job is written."""

from django.db import transaction
from django.utils import timezone

from ..limits import BATCH
from ..models import ImportJob, ImportRow, ImportUnit, Phase, RowState
from .check_rows import check_rows
from .claim import claim, store
from .convert import Draft
from .lookups import Lookups


def step(job: ImportJob, lookups: Lookups) -> None:
    """Raises Overtaken."""
    rows = list(ImportRow.objects.filter(job=job, state=RowState.NEW).order_by("number")[:BATCH])
    drafts = check_rows(job, rows, lookups, timezone.localdate()) if rows else []
    with transaction.atomic():
        claim(job)
        _write(drafts)
        good = sum(draft.good for draft in drafts)
        job.checked, job.good, job.bad = job.checked + len(drafts), job.good + good, job.bad + len(drafts) - good
        job.moved_at = timezone.now()
        if len(rows) < BATCH:
            job.phase = Phase.CHECKED
        job.save(update_fields=["checked", "good", "bad", "moved_at", "phase"])
        note_units(job, drafts)


def _write(drafts: list[Draft]) -> None:
    for draft in drafts:
        draft.row.state = RowState.GOOD if draft.good else RowState.BAD
        draft.row.findings, draft.row.key = draft.findings, draft.key
    store([draft.row for draft in drafts], ["state", "findings", "key"])


def note_units(job: ImportJob, drafts: list[Draft]) -> None:
    """Who may see the job follows from them."""
    named = {unit.pk for draft in drafts for unit in draft.named}
    ImportUnit.objects.bulk_create([ImportUnit(job=job, unit_id=pk) for pk in sorted(named)], ignore_conflicts=True)
