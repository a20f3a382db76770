"""What a page says about one text, whoever shows it: its proof, its files, its address as a drawing."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from .receipts import files_of
from .signing import shown

if TYPE_CHECKING:
    from ..models import Disclosure

_SAME_ITEM = 6


def disclosure_context(found: "Disclosure") -> dict[str, Any]:
    """Everything the page shows: the text, its proof, its files, its history and what else there is of the same item."""
    return {
        "disclosure": found,
        "unit": found.unit,
        "above": found.unit.get_ancestors().filter(level__gte=3) if found.unit_id else (),
        **proof(found),
        "files": downloads(found),
        "same_item": _same_item(found),
        "tags": sorted(tag.name for tag in found.tags.all()),
        "address": address_of(found),
        "qr": qr(address_of(found)) if found.pk else "",
    }


def address_of(found: "Disclosure") -> str:
    """The permanent address, with the host; empty before the first save."""
    return settings.SITE_URL + found.get_absolute_url() if found.pk else ""


def downloads(found: "Disclosure") -> list[Any]:
    """The attachments in the body, photographs left out."""
    return [file for file in files_of(found) if hasattr(file, "filename") and not hasattr(file, "width")]


def proof(found: "Disclosure") -> dict[str, Any]:
    """Receipts, the newest first, each with the signature of the text that it proves. Two queries."""
    if not found.pk:
        return {"receipts": ()}
    receipts, signatures = list(found.receipts.order_by("-at")), list(found.signatures.all())
    for receipt in receipts:
        receipt.signature = shown(signatures, receipt.content_hash)  # type: ignore[attr-defined]
    return {"receipts": receipts, "signature": receipts[0].signature if receipts else None}  # type: ignore[attr-defined]


def _same_item(found: "Disclosure") -> Any:
    others = type(found).objects.public().filter(unit_id=found.unit_id, item__key=found.item.key)
    return others.exclude(pk=found.pk).newest().only("pk", "title", "period", "first_published_at")[:_SAME_ITEM]


@lru_cache(maxsize=500)  # some 5 kB each; drawing one takes as long as reading the text
def qr(address: str) -> SafeString:
    """An inline drawing: no script, no request."""
    drawing = segno.make(address, error="m").svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=False)
    return mark_safe(drawing)  # noqa: S308  (drawn here, of an address of this site)
