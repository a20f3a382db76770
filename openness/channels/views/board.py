"""The sheet for the notice board, to be printed from the browser or as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from openness.disclosures.views.disclosure import gone, is_shown, known_or_404
from openness.pagecache.keeping import keep
from openness.pagecache.topics import of_place

from ..drawing.outside import NotDrawn
from ..papers import Paper, paper_asked
from ..services.board import TEMPLATE, board_of
from ..services.board_pdf import BoardPdf


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    found = known_or_404(pk)
    if not is_shown(found):
        return gone(request, found)
    return keep(render(request, TEMPLATE, board_of(found, _paper(request))), of_place(found.unit.path))


@require_safe
def board_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Answers 304 to who has it, and draws nothing then, nor for HEAD."""
    found = known_or_404(pk)
    if not is_shown(found):
        return gone(request, found)
    pdf = BoardPdf(found, _paper(request))
    tag = f'"{pdf.tag}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        answer = HttpResponse(status=304)
    else:
        try:
            answer = HttpResponse(b"" if request.method == "HEAD" else pdf.draw(), content_type="application/pdf")
        except NotDrawn as why:
            return _not_drawn(request, found, pdf.paper, why)
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"  # withdrawn today means gone today
    answer["Content-Disposition"] = f'inline; filename="board-{found.pk}-{pdf.paper.size.lower()}.pdf"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _not_drawn(request: HttpRequest, found: object, paper: Paper, why: NotDrawn) -> HttpResponse:
    answer = render(request, "channels/not_drawn.html", {"disclosure": found, "paper": paper, "why": why}, status=503)
    if why.busy:
        answer["Retry-After"] = "10"
    return answer


def _paper(request: HttpRequest) -> Paper:
    return paper_asked(request.GET.get("paper", ""), request.GET.get("turn", ""))
