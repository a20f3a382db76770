"""Which kept page a request asks for. Answered from the bare WSGI environment, so that it can be asked before Django is."""

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import parse_cookie
from django.utils import timezone

from .store import Key

_LONGEST = 600  # characters of an address
_WITH_PERSON = (settings.SESSION_COOKIE_NAME, "messages")  # their pages show something of their own


def key_of(environ: Mapping[str, Any]) -> Key | None:
    """Pages differ by address, by the cookies named in the settings, and by the day, since they say how many are left.

    Returns:
        None for whoever may not get a kept page: forms being sent, the admin, people with a session, endless addresses.
    """
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or len(path) + len(query) > _LONGEST or path.startswith("/admin/"):
        return None
    cookies = parse_cookie(environ["HTTP_COOKIE"]) if environ.get("HTTP_COOKIE") else {}
    if any(name in cookies for name in _WITH_PERSON):
        return None
    chosen = [cookies.get(name, "")[:20] for name in settings.PAGE_CACHE_COOKIES]
    place = (_scheme(environ), _host(environ), environ.get("SCRIPT_NAME", ""), path, query)
    return (*place, *chosen, _today())


def _today() -> str:
    return _day_of(int(time.time()))


@lru_cache(maxsize=1)
def _day_of(_second: int) -> str:
    """Reckoned once a second: days begin with a whole one, and a time zone takes as long as all the rest of a kept page."""
    return timezone.localdate().isoformat()


def _scheme(environ: Mapping[str, Any]) -> str:
    """As `HttpRequest.scheme` has it: what the proxy says, where the settings trust one."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if said := environ.get(name):
            return "https" if said.split(",", 1)[0].strip() == secure else "http"
    return str(environ.get("wsgi.url_scheme", ""))


def _host(environ: Mapping[str, Any]) -> str:
    """Word for word. A host that Django refuses has no kept page, because nothing but an answer with 200 is kept."""
    return environ.get("HTTP_HOST") or f"{environ.get('SERVER_NAME')}:{environ.get('SERVER_PORT')}"
