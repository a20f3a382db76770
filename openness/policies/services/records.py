"""Writing and checking records: a canonical text, its hash, and a chain of hashes a unit."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from openness.disclosures.models import Attachment
from openness.units.models import Unit

from ..models import Interpretation, Policy, PublicText, Record, Verb

_OF_POLICY = (
    "tier", "number", "genre", "subject", "field", "formed_on", "issued_on", "effective_on", "expires_on", "tag_words", "replaces", "audiences",
    "needs", "covers", "conditions", "questions",
)  # fmt: skip
_OF_INTERPRETATION = ("form", "video")


def write_record(text: PublicText, verb: Verb, actor: str, approver: str, note: str = "", shown: Any = None) -> Record:
    """Append to the unit's chain. Call inside the transaction of the act itself; the unit's row is locked for it.

    `shown` is what the act is about where it is not the text itself, such as the lines of a card.
    """
    unit = Unit.objects.select_for_update().get(pk=text.unit_id)
    last = Record.objects.filter(unit=unit).order_by("-seq").first()
    record = Record(
        unit=unit, seq=last.seq + 1 if last else 1, revision=text.live_revision_id, verb=verb, at=timezone.now(), actor=actor, approver=approver,
        note=note[:300], content_hash=_sha256(shown) if shown is not None else content_hash(text), previous_hash=last.hash if last else "",
        **{"policy" if isinstance(text, Policy) else "interpretation": text},
    )  # fmt: skip
    record.hash = record_hash(record)
    record.save(force_insert=True)
    return record


def content_hash(text: PublicText) -> str:
    """SHA-256 of everything that residents see: words, dates and the fingerprints of the files."""
    names = _OF_POLICY if isinstance(text, Policy) else _OF_INTERPRETATION
    files = dict(Attachment.objects.filter(pk__in=text.files).values_list("pk", "sha256"))
    content = {name: getattr(text, name) for name in ("title", "issuer", "text", *names)}
    if isinstance(text, Interpretation):
        content["policies"] = sorted(text.policies.values_list("pk", flat=True))
    return _sha256({**content, "unit": text.unit.code, "files": [files.get(pk, "") for pk in text.files]})


def record_hash(record: Record) -> str:
    return _sha256(
        {
            "unit": record.unit.code, "seq": record.seq, "of": [record.policy_id, record.interpretation_id], "revision": record.revision,
            "verb": str(record.verb), "at": _utc(record.at), "people": [record.actor, record.approver], "note": record.note,
            "content": record.content_hash, "previous": record.previous_hash,
        }
    )  # fmt: skip


def broken_records() -> Iterator[tuple[Record, str]]:
    """Walk every chain and yield the records that do not fit, with the reason in Chinese."""
    unit, seq, last = None, 0, ""
    for record in Record.objects.select_related("unit").order_by("unit_id", "seq").iterator():
        if record.unit_id != unit:
            unit, seq, last = record.unit_id, 0, ""
        if record.seq != seq + 1:
            yield record, f"少了第 {seq + 1} 号"
        elif record.previous_hash != last:
            yield record, "和上一号接不上"
        if record.hash != record_hash(record):
            yield record, "内容和指纹不符"
        seq, last = record.seq, record.hash


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _sha256(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
