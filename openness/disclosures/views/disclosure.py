"""One disclosure: public, withdrawn (410 with the reason), or unknown to strangers (404); its tables as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openness.pagecache.keeping import keep
from openness.pagecache.topics import of_place

from ..models import Disclosure
from ..services.showing import disclosure_context, instead_of, proof
from ..services.table_files import table_of
from ..sheets.out import download


@require_safe
def disclosure(request: HttpRequest, pk: int) -> HttpResponse:
    found = known_or_404(pk)
    if not is_shown(found):
        return gone(request, found)
    return keep(render(request, "disclosures/disclosure.html", disclosure_context(found)), of_place(found.unit.path))


@require_safe
def table(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """A table of a public text as a workbook or CSV."""
    found = known_or_404(pk)
    if not is_shown(found):
        return gone(request, found)
    made = table_of(found, number)
    if made is None:
        raise Http404
    return keep(download(made, kind), of_place(found.unit.path))


def known_or_404(pk: int) -> Disclosure:
    """A text that is public or was, with what its page needs. What never was public does not exist for strangers."""
    found = Disclosure.objects.select_related("unit", "town", "item__field__standard").filter(pk=pk).first()
    if found is None or not (found.live or found.withdrawn_at):
        raise Http404
    return found


def is_shown(found: Disclosure) -> bool:
    return found.live and not found.is_over


def gone(request: HttpRequest, found: Disclosure) -> HttpResponse:
    """The answer in place of what was withdrawn, or whose notice is over. No word of the text is in it."""
    context = {"disclosure": found, "unit": found.unit, "instead": instead_of(found), **proof(found)}
    return render(request, "disclosures/gone.html", context, status=410)
