"""在线看文字版: the words of a public attachment, for those whose telephone opens no such file."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..services.file_words import masked, words_of_file
from .disclosure import gone, is_shown, known_or_404


@require_safe
def file_words(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    found = known_or_404(pk)
    if not is_shown(found):
        return gone(request, found)
    words = words_of_file(found, attachment)
    if words is None:
        raise Http404
    file, sheaves = words
    page = Paginator(sheaves, 1).get_page(request.GET.get("page"))
    context = {"disclosure": found, "unit": found.unit, "file": file, "page": page, "leaves": masked(page.object_list[0])}
    return render(request, "disclosures/file_words.html", context)
