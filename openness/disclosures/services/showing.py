"""What a page says about one text, whoever shows it: its proof, its files, its address as a drawing."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..text import TABLES
from .checklist import checklist_of
from .figures import bars_of, summary_in_figures
from .file_words import public_files
from .receipts import files_of
from .signing import shown

if TYPE_CHECKING:
    from ..models import Disclosure

_SAME_ITEM = 6


def disclosure_context(found: "Disclosure") -> dict[str, Any]:
    """Everything the page shows: the text, its proof, its files, its history and what else there is of the same item."""
    files = downloads(found)
    return {
        "disclosure": found,
        "unit": found.unit,
        "above": found.unit.get_ancestors().filter(level__gte=3) if found.unit_id else (),
        **proof(found),
        "summary": summary_of(found),
        "pieces": list(pieces(found)),
        "checklist": checklist_of(found, files),
        "files": public_files(found, files),
        "phones": phones(found),
        "same_item": _same_item(found),
        "tags": sorted(tag.name for tag in found.tags.all()),
        **neighbours(found),
        "is_notice_over": bool(found.notice_until and found.notice_until < timezone.localdate()),
        "address": address_of(found),
        "qr": qr(address_of(found)) if found.pk else "",
    }


def address_of(found: "Disclosure") -> str:
    """The permanent address, with the host; empty before the first save."""
    return settings.SITE_URL + found.get_absolute_url() if found.pk else ""


def downloads(found: "Disclosure") -> list[Any]:
    """The attachments in the body, photographs left out."""
    return [file for file in files_of(found) if hasattr(file, "filename") and not hasattr(file, "width")]


def summary_of(found: "Disclosure") -> str:
    """Of accounts reckoned from the figures, so that it cannot disagree with them; else what the clerk wrote."""
    return summary_in_figures(found.body, found.period) or found.summary


def pieces(found: "Disclosure") -> Iterator[dict[str, Any]]:
    """The blocks in order, files left out: each with its bars, and its number where it is a table to take home."""
    for number, block in enumerate(found.body, start=1):
        if block.block_type != "file":
            is_table = found.live and block.block_type in TABLES and _rows_in(block) > 0
            yield {"block": block, "bars": list(bars_of(block)), "number": number if is_table else None}


def _rows_in(block: Any) -> int:
    if block.block_type == "table":
        return len(block.value.row_data)
    return len(block.value["income"]) + len(block.value["expense"]) if block.block_type == "finance" else len(block.value.rows)


def phones(found: "Disclosure") -> list[tuple[str, str]]:
    """Whom to call with another opinion: who watches over the unit, the unit, the township."""
    unit, town = found.unit, found.town
    said = [(_("监督委员会"), unit.supervisor_phone), (str(unit), unit.phone)]
    if town is not None and town.pk != unit.pk:
        said.append((str(town), town.phone))
    return [(name, number) for name, number in said if number]


def proof(found: "Disclosure") -> dict[str, Any]:
    """Receipts, the newest first, each with the signature of the text that it proves. Two queries."""
    if not found.pk:
        return {"receipts": ()}
    receipts, signatures = list(found.receipts.order_by("-at")), list(found.signatures.all())
    for receipt in receipts:
        receipt.signature = shown(signatures, receipt.content_hash)  # type: ignore[attr-defined]
    return {"receipts": receipts, "signature": receipts[0].signature if receipts else None}  # type: ignore[attr-defined]


def _others(found: "Disclosure") -> Any:
    others = type(found).objects.public().filter(unit_id=found.unit_id, item__key=found.item.key)
    return others.exclude(pk=found.pk).only("pk", "title", "period", "first_published_at")


def _same_item(found: "Disclosure") -> Any:
    return _others(found).newest()[:_SAME_ITEM]


def neighbours(found: "Disclosure") -> dict[str, Any]:
    """上一期 and 下一期 of the same unit and item; where nothing recurs the texts published before and after. Two queries."""
    name, at = ("period", found.period) if found.period else ("first_published_at", found.first_published_at)
    if not at:
        return {"before": None, "after": None}
    others = _others(found).exclude(period="") if found.period else _others(found).filter(period="")
    return {
        "before": others.filter(Q(**{f"{name}__lt": at})).order_by(f"-{name}", "-pk").first(),
        "after": others.filter(Q(**{f"{name}__gt": at})).order_by(name, "-pk").first(),
    }


def instead_of(gone: "Disclosure") -> Sequence["Disclosure"]:
    """Public texts that stand where a withdrawn one stood: of the same unit, item and period. One query."""
    return list(_others(gone).filter(period=gone.period).newest()[:3])


@lru_cache(maxsize=500)  # some 5 kB each; drawing one takes as long as reading the text
def qr(address: str) -> SafeString:
    """An inline drawing: no script, no request."""
    drawing = segno.make(address, error="m").svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=False)
    return mark_safe(drawing)  # noqa: S308  (drawn here, of an address of this site)
