"""The outermost middleware: a kept page is sent before anything else runs, by one query that asks whether it is still true."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from .changes import count_left_behind, token
from .keeping import topics_of
from .store import Kept, Key, Store
from .topics import ANY

Next = Callable[[HttpRequest], HttpResponseBase]
_SELF_MADE = {"content-length", "content-encoding", "etag", "cache-control", "vary"}
_LONGEST = 600  # characters of an address
_WITH_PERSON = (settings.SESSION_COOKIE_NAME, "messages")  # their pages show something of their own

store = Store()


class PageCache:
    """What it sends is never older than the last publication that was answered."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.PAGE_CACHE or not _is_for_everybody(request):
            return self.get_response(request)
        key = _key(request)
        kept = store.get(key)
        if kept is None:
            return self._made(request, key)
        return _true(kept, request) or self._made_once(request, key)

    def _made_once(self, request: HttpRequest, key: Key) -> HttpResponseBase:
        with store.alone(key):
            kept = store.get(key)
            return (kept and _true(kept, request)) or self._made(request, key)

    def _made(self, request: HttpRequest, key: Key) -> HttpResponseBase:
        """Kept only if nothing at all changed while it was made: it may have read half before and half after."""
        before = _token((ANY,))
        response = self.get_response(request)
        topics = topics_of(response)
        if before is None or not _can_be_kept(response, topics):
            return response
        now = _token((ANY, *topics))
        if now is None or now.split(",")[0] != before:
            return response
        page = _page(response, topics, now.split(",", 1)[1])
        store.put(key, page)
        return _answer(page, request)


def _is_for_everybody(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and len(request.META.get("QUERY_STRING", "")) + len(request.path) <= _LONGEST
        and not request.path.startswith("/admin/")
        and not any(name in request.COOKIES for name in _WITH_PERSON)
    )


def _key(request: HttpRequest) -> Key:
    """Pages differ by address, by the cookies named in the settings, and by the day, since they say how many are left."""
    chosen = [request.COOKIES.get(name, "")[:20] for name in settings.PAGE_CACHE_COOKIES]
    host = request.META.get("HTTP_HOST", "")
    return (request.scheme or "", host, request.get_full_path(), *chosen, timezone.localdate().isoformat())


def _true(kept: Kept, request: HttpRequest) -> HttpResponse | None:
    return _answer(kept, request) if _token(kept.topics) == kept.token else None


def _token(topics: Sequence[str]) -> str | None:
    """None is never equal to what a page has: it is made anew, and so is everything where the database cannot be asked."""
    try:
        found = token(topics)
        if found is None:
            count_left_behind()
    except DatabaseError:
        return None
    return found


def _can_be_kept(response: HttpResponseBase, topics: Sequence[str]) -> bool:
    return (
        bool(topics)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and isinstance(response, HttpResponse)
    )


def _page(response: HttpResponseBase, topics: Sequence[str], now: str) -> Kept:
    headers = [(name, value) for name, value in response.items() if name.lower() not in _SELF_MADE]
    return Kept.of(topics, now, headers, response.content)  # type: ignore[attr-defined]


def _answer(page: Kept, request: HttpRequest) -> HttpResponse:
    if page.etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        response = HttpResponse(status=304)
    else:
        is_packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        response = HttpResponse(page.packed if is_packed else page.body)
        if is_packed:
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
    for name, value in page.headers:
        response[name] = value
    response["ETag"] = page.etag
    response["Cache-Control"] = "no-cache"  # a browser asks each time, and is told in a few bytes that nothing changed
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
