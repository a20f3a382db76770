"""One disclosure: public, withdrawn (410 with the reason), or unknown to strangers (404)."""

from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from openness.pagecache.keeping import keep
from openness.pagecache.topics import of_place

from ..models import Disclosure
from ..services.receipts import files_of
from ..services.signing import shown

_SAME_ITEM = 6


@require_safe
def disclosure(request: HttpRequest, pk: int) -> HttpResponse:
    found = Disclosure.objects.select_related("unit", "town", "item__field__standard").filter(pk=pk).first()
    if found is None or not (found.live or found.withdrawn_at):
        raise Http404
    if not found.live or found.is_over:
        return render(request, "disclosures/gone.html", {"disclosure": found}, status=410)
    response = render(request, "disclosures/disclosure.html", disclosure_context(found))
    return keep(response, of_place(found.unit.path))


def disclosure_context(found: Disclosure) -> dict[str, Any]:
    """Everything the page shows: the text, its proof, its files, its history and what else there is of the same item."""
    return {
        "disclosure": found,
        "unit": found.unit,
        "above": found.unit.get_ancestors().filter(level__gte=3) if found.unit_id else (),
        **_proof(found),
        "files": [file for file in files_of(found) if hasattr(file, "filename") and not hasattr(file, "width")],
        "same_item": _same_item(found),
        "address": settings.SITE_URL + found.get_absolute_url() if found.pk else "",
        "qr": _qr(settings.SITE_URL + found.get_absolute_url()) if found.pk else "",
    }


def _proof(found: Disclosure) -> dict[str, Any]:
    """Receipts, the newest first, each with the signature of the text that it proves."""
    if not found.pk:
        return {"receipts": ()}
    receipts, signatures = list(found.receipts.order_by("-at")), list(found.signatures.all())
    for receipt in receipts:
        receipt.signature = shown(signatures, receipt.content_hash)  # type: ignore[attr-defined]
    return {"receipts": receipts, "signature": receipts[0].signature if receipts else None}  # type: ignore[attr-defined]


def _same_item(found: Disclosure) -> Any:
    others = Disclosure.objects.public().filter(unit_id=found.unit_id, item__key=found.item.key)
    return others.exclude(pk=found.pk).newest().only("pk", "title", "period", "first_published_at")[:_SAME_ITEM]


def _qr(address: str) -> SafeString:
    """An inline drawing: no script, no request."""
    drawing = segno.make(address, error="m").svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=False)
    return mark_safe(drawing)  # noqa: S308  (drawn here, of an address of this site)
