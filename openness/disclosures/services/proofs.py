"""核对凭据: whether a receipt is what was written then, whether it stands in its chain, and whether the text still is what it proves."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Max

from openness.units.models import Unit

from ..models.receipt import Receipt
from .receipts import content_hash, receipt_hash
from .signing import shown
from .versions import MAKES_PUBLIC, revision_of

_NUMBER = re.compile(r"(\d{6,12})\D+(\d{1,9})")
_PRINT = re.compile(r"[0-9a-f]{8,64}")


class Content(StrEnum):
    """What is known of the text that a receipt proves."""

    SAME = "same"  # it is what the page shows today
    CHANGED = "changed"  # the page shows something else, and no later receipt says so
    OLDER = "older"  # corrected since; the version is kept and fits
    OLDER_UNKNOWN = "older_unknown"  # corrected since; masked, or a file was changed, or it was not kept
    GONE = "gone"  # not public now
    TAKEN_DOWN = "taken_down"  # the receipt itself is of the taking down


@dataclass(frozen=True)
class Proof:
    """`before` and `after` are the neighbours in the unit's chain; `fits_…` is None where there is none. `last` is the last number given."""

    receipt: Receipt
    before: Receipt | None
    after: Receipt | None
    last: int
    is_own: bool
    fits_before: bool | None
    fits_after: bool | None
    content: Content
    signature: Any = None

    @property
    def is_sound(self) -> bool:
        return self.is_own and self.fits_before is not False and self.fits_after is not False and self.content is not Content.CHANGED


def proof_of(receipt: Receipt) -> Proof:
    """Six queries at most, files apart. `disclosure.unit` and `disclosure.item` are loaded."""
    beside = {one.seq: one for one in Receipt.objects.filter(unit=receipt.unit_id, seq__in=(receipt.seq - 1, receipt.seq + 1))}
    before, after = beside.get(receipt.seq - 1), beside.get(receipt.seq + 1)
    last = Receipt.objects.filter(unit=receipt.unit_id).aggregate(last=Max("seq"))["last"]
    return Proof(
        receipt=receipt,
        before=before,
        after=after,
        last=last,
        is_own=receipt.hash == receipt_hash(receipt),
        fits_before=(before.hash == receipt.previous_hash) if before else (None if receipt.seq == 1 else False),
        fits_after=(after.previous_hash == receipt.hash) if after else (None if receipt.seq == last else False),
        content=_content(receipt),
        signature=shown(list(receipt.disclosure.signatures.all()), receipt.content_hash),
    )


def _content(receipt: Receipt) -> Content:
    found = receipt.disclosure
    if receipt.verb not in MAKES_PUBLIC:
        return Content.TAKEN_DOWN
    if not found.live or found.is_over:
        return Content.GONE
    if found.receipts.filter(seq__gt=receipt.seq).exists():
        return _older(receipt)
    return Content.SAME if content_hash(found) == receipt.content_hash else Content.CHANGED


def _older(receipt: Receipt) -> Content:
    revision = revision_of(receipt)
    if revision is None:
        return Content.OLDER_UNKNOWN
    text = receipt.disclosure.with_content_json(revision.content)
    return Content.OLDER if content_hash(text) == receipt.content_hash else Content.OLDER_UNKNOWN


def number_of(receipt: Receipt, unit: Unit) -> str:
    """As sheets and pages print it: 220204101200-12."""
    return f"{unit.code}-{receipt.seq}"


def find_receipt(said: str) -> Receipt | None:
    """By the number on a sheet, or by the first signs of its fingerprint (eight at least), however they are spaced. One query."""
    words = unicodedata.normalize("NFKC", said).strip().lower()
    rows = Receipt.objects.select_related("unit", "disclosure__unit", "disclosure__item__field__standard")
    if number := _NUMBER.fullmatch(words):
        return rows.filter(unit__code=number[1], seq=int(number[2])).first()
    sign = re.sub(r"\s", "", words)
    if _PRINT.fullmatch(sign) is None:
        return None
    found = list(rows.filter(hash__startswith=sign)[:2])
    return found[0] if len(found) == 1 else None
