"""The same query string as JSON, for programs, and as an Atom feed, newest first, for readers who want to hear of new results."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .documents import Document
from .engines.base import NEWEST
from .links import same_query
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
    data = request.GET.copy()
    data["sort"] = NEWEST
    data.pop("page", None)
    results = search_service(parse(data))
    here = f"{settings.SITE_URL}{request.path}?{same_query(request)}"
    feed = Atom1Feed(title=_feed_title(results), link=f"{settings.SITE_URL}/search/?{same_query(request)}", description="", feed_url=here)
    for hit in results.hits:
        document = hit.document
        feed.add_item(
            title=document.title,
            link=settings.SITE_URL + document.url,
            description=f"{document.place_label} · {document.field}",
            unique_id=settings.SITE_URL + document.url,
            updateddate=_start_of_day(document),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _feed_title(results: Results) -> str:
    return _("搜索“{text}”").format(text=results.query.text) if results.query.text else _("最新公开")


def _start_of_day(document: Document) -> datetime:
    return timezone.make_aware(datetime.combine(document.published_on or timezone.localdate(), time()))
