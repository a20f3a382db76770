"""Taking an import back: drafts that nobody has touched since go, the others stay and the row says who has them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.models import Disclosure
from openness.disclosures.services.drafts import ever_sent, remove_drafts
from openness.units.people import name_of

from ..limits import BATCH
from ..models import ImportJob, ImportRow, Phase, RowState
from .claim import claim, store
from .lookups import Lookups


def step(job: ImportJob, _lookups: Lookups) -> None:
    """The texts are locked before they are looked at: what somebody saves meanwhile waits, and then finds nothing or is kept.

    Raises:
        Overtaken
    """
    with transaction.atomic():
        claim(job)
        rows = list(ImportRow.objects.filter(job=job, state=RowState.DONE).order_by("number")[:BATCH])
        texts = _texts(rows)
        sent = ever_sent(texts)
        for row in rows:
            row.note = _why_kept(row, texts.get(row.disclosure_id or 0), sent)
            row.state = RowState.KEPT if row.note else RowState.UNDONE
        store(rows, ["state", "note"])
        remove_drafts([row.disclosure_id for row in rows if row.state == RowState.UNDONE and row.disclosure_id])
        kept = sum(row.state == RowState.KEPT for row in rows)
        job.undone, job.kept, job.moved_at = job.undone + len(rows) - kept, job.kept + kept, timezone.now()
        if len(rows) < BATCH:
            job.phase = Phase.UNDONE
        job.save(update_fields=["undone", "kept", "moved_at", "phase"])


def _texts(rows: list[ImportRow]) -> dict[int, Disclosure]:
    found = Disclosure.objects.filter(pk__in=[row.disclosure_id for row in rows if row.disclosure_id])
    list(found.select_for_update().order_by("pk").values_list("pk"))
    return {text.pk: text for text in found.select_related("latest_revision__user", "locked_by").defer("body", "latest_revision__content")}


def _why_kept(row: ImportRow, text: Disclosure | None, sent: set[int]) -> str:
    """One sentence; empty where the text may go. One that is gone already is nothing to keep."""
    if text is None:
        return ""
    if text.live or text.first_published_at:
        return _("已经公开了")
    if text.pk in sent:
        return _("已经交去审核了")
    version = text.latest_revision
    if version is None or version.pk != row.revision or version.created_at != row.at:
        return _("{who}改过").format(who=name_of(version.user) if version and version.user else _("有人"))
    return _("{who}锁住了").format(who=name_of(text.locked_by) if text.locked_by else _("有人")) if text.locked else ""
