"""核对凭据 and 看改前改后: what proves a text, and what a correction changed in it. Nothing of them is kept: they read revisions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import Receipt, Verb
from ..services.changes import correction_of
from ..services.proofs import find_receipt, number_of, proof_of
from .disclosure import gone, is_shown, known_or_404


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """A box for the number that a sheet on the wall shows."""
    said = request.GET.get("n", "")[:80].strip()
    receipt = find_receipt(said) if said else None
    if receipt is not None:
        return redirect("receipt", receipt.unit.code, receipt.seq)
    problem = _("没有找到“{said}”。请看看号码：单位代码、一横、第几号，比如 220204101200-12。").format(said=said) if said else ""
    return render(request, "disclosures/receipt_find.html", {"said": said, "problem": problem})


@require_safe
def receipt(request: HttpRequest, code: str, seq: int) -> HttpResponse:
    found = find_receipt(f"{code}-{seq}")
    if found is None:
        raise Http404
    context = {
        "receipt": found,
        "disclosure": found.disclosure,
        "unit": found.unit,
        "proof": proof_of(found),
        "number": number_of(found, found.unit),
    }
    return render(request, "disclosures/receipt.html", {**context, "is_shown": is_shown(found.disclosure)})


@require_safe
def newest(request: HttpRequest, pk: int) -> HttpResponse:
    """From a text to its newest receipt, whatever its number."""
    found = known_or_404(pk)
    last = found.receipts.order_by("-seq").first()
    if last is None:
        raise Http404
    return redirect("receipt", found.unit.code, last.seq)


@require_safe
def changes(request: HttpRequest, pk: int, seq: int) -> HttpResponse:
    found = known_or_404(pk)
    if not is_shown(found):
        return gone(request, found)
    made = get_object_or_404(Receipt, disclosure=found, seq=seq, verb=Verb.CORRECT)
    return render(request, "disclosures/changes.html", {"disclosure": found, "unit": found.unit, "correction": correction_of(found, made)})
