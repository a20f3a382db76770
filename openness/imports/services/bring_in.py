"""Good rows become drafts of the person, with a first version and a line in the history. Signature and review stay what they are."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Revision

from openness.disclosures.models import Disclosure
from openness.disclosures.services.places import towns_and_counties

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
    places = towns_and_counties(text.unit_id for text in texts)
    for text in texts:
        text.town_id, text.county_id = places[text.unit_id]
        text.has_unpublished_changes = True
    made = Disclosure.objects.bulk_create(texts)
    revisions = _first_versions(job, made, now)
    _mark(drafts, revisions, now)
    job.imported += len(made)


def _first_versions(job: ImportJob, made: list[Disclosure], now: datetime) -> list[Revision]:
    kind = ContentType.objects.get_for_model(Disclosure)
    revisions = [
        Revision(
            content_type=kind, base_content_type=kind, object_id=str(text.pk), created_at=now, user=job.owner,
            object_str=str(text), content=text.serializable_data(),
        )
        for text in made
    ]  # fmt: skip
    revisions = Revision.objects.bulk_create(revisions)
    for text, revision in zip(made, revisions, strict=True):
        text.latest_revision = revision
    Disclosure.objects.bulk_update(made, ["latest_revision"])
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind, object_id=str(text.pk), label=str(text)[:200], action="wagtail.create", timestamp=now, user=job.owner,
            revision=revision, content_changed=True, data={"import": job.pk},
        )
        for text, revision in zip(made, revisions, strict=True)
    )  # fmt: skip
    return revisions


def _mark(drafts: list[Draft], revisions: list[Revision], now: datetime) -> None:
    for draft, revision in zip(drafts, revisions, strict=True):
        draft.row.state, draft.row.disclosure, draft.row.revision, draft.row.at = RowState.DONE, draft.disclosure, revision.pk, now
    store([draft.row for draft in drafts], ["state", "disclosure", "revision", "at"])
