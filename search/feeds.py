"""The same query string as JSON, for programs, and as Atom and JSON Feed, newest first, for readers who want to hear of new results."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .documents import Document
from .engines import EngineAway
from .feed import Feed, as_atom, as_json_feed, feed_of
from .outbox import as_of
from .query import PAGE_SIZE, last_page, parse
from .service import Results
from .service import search as search_service

_COLUMNS = ("title", "number", "index_number", "place_label", "field", "item", "category", "published_on", "notice_until", "tags")


@require_safe
def results_json(request: HttpRequest) -> JsonResponse:
    """`{"query", "total", "page", "pages", "as_of", "plain", "notes", "also_searched", "answer", "facets", "results"}`; 20 a page."""
    results = search_service(parse(request.GET))
    body = {
        "query": results.query.text,
        "total": results.total,
        "page": results.query.page,
        "pages": last_page(results.total),
        "page_size": PAGE_SIZE,
        "as_of": timezone.localtime(as_of()).isoformat(timespec="seconds"),
        "plain": results.plain,
        "notes": results.notes,
        "also_searched": [meaning.term for meaning in results.understood.meanings],
        "answer": _answer(results),
        "facets": {name: [{"value": value, "count": count} for value, count, _chosen in values] for name, values in results.facets.items()},
        "results": [_result(hit.document) for hit in results.hits],
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _answer(results: Results) -> dict[str, str] | None:
    found = results.answer
    return {"words": found.words, "title": found.document.title, "url": settings.SITE_URL + found.document.url} if found else None


def _result(document: Document) -> dict[str, Any]:
    return {"url": settings.SITE_URL + document.url, **{name: getattr(document, name) for name in _COLUMNS}}


@require_safe
def results_atom(request: HttpRequest) -> HttpResponse:
    return _feed(request, "application/atom+xml; charset=utf-8", as_atom)


@require_safe
def results_json_feed(request: HttpRequest) -> HttpResponse:
    return _feed(request, "application/feed+json; charset=utf-8", as_json_feed)


def _feed(request: HttpRequest, kind: str, write: Callable[[Feed], bytes]) -> HttpResponse:
    """Asked again with what it got before, a reader gets 304. While nobody can tell, 503: an empty feed would be a lie."""
    try:
        feed = feed_of(parse(request.GET), f"{settings.SITE_URL}{request.path}")
    except EngineAway:
        sentence = _("搜索正在维护，请过几分钟再取。")
        return HttpResponse(sentence, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "300"})
    content = write(feed)
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response = HttpResponse(content, content_type=kind, headers={"ETag": etag, "Last-Modified": http_date(feed.changed.timestamp())})
    patch_cache_control(response, no_cache=True)
    found = get_conditional_response(request, etag=etag, last_modified=int(feed.changed.timestamp()), response=response)
    return found or response
