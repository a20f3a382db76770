"""Writing and checking receipts: a canonical text, its hash, and a chain of hashes a unit."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from openness.units.models import Unit
from openness.units.people import person

from ..models.receipt import Receipt, Verb

if TYPE_CHECKING:
    from ..models import Disclosure

__all__ = [
    "broken_receipts", "build_receipt", "content_hash", "files_of", "last_receipts", "person", "receipt_hash", "write_receipt",
]  # fmt: skip


def content_hash(disclosure: "Disclosure") -> str:
    """SHA-256 of everything that residents see: words, dates and the fingerprints of the files.

    The old site's date stands in it only where there is one: the fingerprints of all other texts stay as they were.
    """
    old_site = disclosure.originally_published_on
    content = {
        "unit": disclosure.unit.code,
        "item": disclosure.item.key,
        "period": disclosure.period,
        "title": disclosure.title,
        "document_number": disclosure.document_number,
        "formed_on": disclosure.formed_on.isoformat(),
        "summary": disclosure.summary,
        "body": disclosure.body.get_prep_value(),
        "files": sorted(file.sha256 for file in files_of(disclosure)),
        "notice": [str(disclosure.notice_from or ""), str(disclosure.notice_until or "")],
        **({"originally_published_on": str(old_site)} if old_site else {}),
    }
    return _sha256(content)


def files_of(disclosure: "Disclosure") -> Iterator[Any]:
    """The attachments and photographs in the body, in order."""
    for block in disclosure.body:
        if block.block_type == "file" and block.value:
            yield block.value
        elif block.block_type == "photo" and block.value["photo"]:
            yield block.value["photo"]


def write_receipt(disclosure: "Disclosure", verb: Verb, actor: str, approver: str, note: str = "") -> Receipt:
    """Append to the unit's chain. Call inside the transaction of the act itself; the unit's row is locked for it."""
    unit = Unit.objects.select_for_update().get(pk=disclosure.unit_id)
    previous = Receipt.objects.filter(unit=unit).order_by("-seq").first()
    receipt = build_receipt(disclosure, verb, actor, approver, note, at=timezone.now(), previous=previous)
    receipt.save(force_insert=True)
    return receipt


def build_receipt(
    disclosure: "Disclosure", verb: Verb, actor: str, approver: str, note: str = "", *, at: datetime, previous: Receipt | None
) -> Receipt:
    """The next link of a unit's chain, not yet saved."""
    receipt = Receipt(
        unit_id=disclosure.unit_id,
        seq=previous.seq + 1 if previous else 1,
        disclosure=disclosure,
        revision=disclosure.live_revision_id,
        verb=verb,
        at=at,
        actor=actor,
        approver=approver,
        notice_from=disclosure.notice_from,
        notice_until=disclosure.notice_until,
        note=note,
        content_hash=content_hash(disclosure),
        previous_hash=previous.hash if previous else "",
    )
    receipt.hash = receipt_hash(receipt)
    return receipt


def last_receipts(unit_ids: Iterable[int]) -> dict[int, Receipt]:
    """The newest receipt of each of these units."""
    newest = Receipt.objects.filter(unit=OuterRef("unit")).order_by("-seq").values("pk")[:1]
    rows = Receipt.objects.filter(unit__in=list(unit_ids), pk=Subquery(newest))
    return {receipt.unit_id: receipt for receipt in rows}


def receipt_hash(receipt: Receipt) -> str:
    """SHA-256 over every column of the receipt and the hash of the one before it."""
    return _sha256(
        {
            "unit": receipt.unit_id,
            "seq": receipt.seq,
            "disclosure": receipt.disclosure_id,
            "revision": receipt.revision,
            "verb": str(receipt.verb),
            "at": _utc(receipt.at),
            "people": [receipt.actor, receipt.approver],
            "notice": [str(receipt.notice_from or ""), str(receipt.notice_until or "")],
            "note": receipt.note,
            "content": receipt.content_hash,
            "previous": receipt.previous_hash,
        }
    )


def broken_receipts() -> Iterator[tuple[Receipt, str]]:
    """Walk every chain and yield the receipts that do not fit, with the reason in Chinese."""
    unit, seq, last = None, 0, ""
    for receipt in Receipt.objects.order_by("unit_id", "seq").iterator():
        if receipt.unit_id != unit:
            unit, seq, last = receipt.unit_id, 0, ""
        if receipt.seq != seq + 1:
            yield receipt, f"少了第 {seq + 1} 号"
        elif receipt.previous_hash != last:
            yield receipt, "和上一号接不上"
        if receipt.hash != receipt_hash(receipt):
            yield receipt, "内容和指纹不符"
        seq, last = receipt.seq, receipt.hash


def _utc(moment: datetime) -> str:
    return moment.astimezone(tz=timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds")


def _sha256(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
