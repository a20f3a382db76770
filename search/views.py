"""The search page: one GET form, plain links, no script needed; and the same search as JSON and as an Atom feed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from . import page as parts
from . import statistics
from .correction import correction
from .links import address, same_query
from .outbox import as_of
from .pinned import pinned
from .query import parse
from .service import search as search_service
from .shown import shown


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    results = search_service(parse(request.GET), today)
    query, places = results.query, parts.Places(results)
    if query.text and query.page == 1 and not query.has_conditions and not results.plain:
        statistics.count(query.text, results.total)
    context = {
        "results": results,
        "query": query,
        "hits": shown(results, today),
        "facets": parts.facets(request, results, places),
        "chips": parts.chips(request, results, places),
        "sorts": [(value, words, value == query.sort) for value, words in parts.SORTS],
        "clear_url": address(request, keep=("q",)),
        "pages": parts.pages(request, results),
        "understood": parts.understood(request, results, places),
        "correction": correction(results),
        "pinned": pinned(query.text, today) if query.page == 1 else (),
        "as_of": as_of(),
        "today": today,
        "same_query": same_query(request),
    }
    return render(request, "search/search.html", context)
