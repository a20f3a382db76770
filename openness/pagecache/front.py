"""Before Django: a page that was kept and is still true is sent as it is. Everything else, and every doubt, is Django's."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from .asking import asking
from .keys import key_of
from .store import Kept, store

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class Front:
    """A WSGI application around Django's. It keeps nothing itself: `middleware` does, by the same keys."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        kept = self._kept(environ)
        if kept is None:
            return _whole(self._application(environ, start_response))
        form = kept.forms.asked_by(environ)
        start_response(f"{form.status.value} {form.status.phrase}", list(form.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]

    def _kept(self, environ: Environ) -> Kept | None:
        key = key_of(environ) if settings.PAGE_CACHE else None
        kept = None if key is None else store.get(key)
        return kept if kept is not None and asking.is_true(kept) else None


def _whole(answer: Iterable[bytes]) -> Iterable[bytes]:
    """Django ends its request before the answer is sent, so that what it changed is counted; streams go on as they are."""
    if getattr(answer, "streaming", True):
        return answer
    try:
        return list(answer)
    finally:
        answer.close()  # type: ignore[attr-defined]
