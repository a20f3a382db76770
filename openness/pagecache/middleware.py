"""The outermost middleware decides what is kept, and makes anew what has become old. What it kept is mostly sent by `front`, before Django."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .changes import count_left_behind, token
from .keeping import topics_of
from .keys import key_of
from .store import Kept, Key, store
from .topics import ANY

Next = Callable[[HttpRequest], HttpResponseBase]


class PageCache:
    """What it sends is never older than the last publication that was answered."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request.META) if settings.PAGE_CACHE else None
        if key is None:
            return self.get_response(request)
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
    return Kept.of(topics, now, list(response.items()), response.content)  # type: ignore[attr-defined]


def _answer(page: Kept, request: HttpRequest) -> HttpResponse:
    form = page.forms.asked_by(request.META)
    response = HttpResponse(form.body, status=form.status)
    if form is page.forms.unchanged:
        del response["Content-Type"]
    for name, value in form.headers:
        response[name] = value
    return response
