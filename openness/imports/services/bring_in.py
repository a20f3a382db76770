"""Good rows become drafts of the person, with a first version and a line in the history. Signature and review stay what they are."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.services.drafts import create_drafts

from ..limits import BATCH
from ..models import ImportJob, ImportRow, Mode, Phase, RowState
from .check_rows import check_rows
from .claim import claim, store
from .convert import Draft
from .lookups import Lookups


def step(job: ImportJob, lookups: Lookups) -> None:
    """Rows are looked at again: since the dry run the person may have lost the unit, or somebody may have written the same.

    Raises:
        Overtaken
    """
    rows = list(ImportRow.objects.filter(job=job, state=RowState.GOOD).order_by("number")[:BATCH])
    drafts = check_rows(job, rows, lookups, timezone.localdate()) if rows else []
    bad = [draft for draft in drafts if not draft.good]
    with transaction.atomic():
        claim(job)
        _refuse(bad)
        job.good, job.bad, job.moved_at = job.good - len(bad), job.bad + len(bad), timezone.now()
        if bad and job.mode == Mode.ALL:
            _take_back(job, bad[0])
        else:
            _create(job, [draft for draft in drafts if draft.good], job.moved_at)
            if len(rows) < BATCH:
                job.phase, job.finished_at = Phase.DONE, job.moved_at
        job.save(update_fields=["good", "bad", "imported", "moved_at", "phase", "finished_at", "said", "undone_at", "undone_by"])


def _refuse(bad: list[Draft]) -> None:
    for draft in bad:
        draft.row.state, draft.row.findings = RowState.BAD, draft.findings
    store([draft.row for draft in bad], ["state", "findings"])


def _take_back(job: ImportJob, first: Draft) -> None:
    """All were wanted or none: what came in before goes again."""
    why = _("导的时候第 {n} 行变得不对了（{sentence}），按“全部都对才导”，一条也没有导。").format(
        n=first.row.number, sentence=first.findings[0][1]
    )
    job.said = [*job.said, why]
    job.phase, job.undone_by, job.undone_at = Phase.UNDOING, _("系统"), job.moved_at


def _create(job: ImportJob, drafts: list[Draft], now: datetime) -> None:
    texts = [draft.disclosure for draft in drafts if draft.disclosure is not None]
    if not texts:
        return
    create_drafts(texts, job.owner, {"import": job.pk}, now)
    _mark(drafts, now)
    job.imported += len(texts)


def _mark(drafts: list[Draft], now: datetime) -> None:
    for draft in drafts:
        row, text = draft.row, draft.disclosure
        row.state, row.disclosure, row.revision, row.at = RowState.DONE, text, text and text.latest_revision_id, now
    store([draft.row for draft in drafts], ["state", "disclosure", "revision", "at"])
