"""What somebody posted after the session had run out: shown back with a button to send it again, instead of lost on the way to the login."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure as djangos_own

_SECRET = {"csrfmiddlewaretoken", "password"}


class KeptPosts:
    """Middleware, after authentication. Strangers, who bring no session, and scripts, which say it themselves, go to the login as ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        expired = settings.SESSION_COOKIE_NAME in request.COOKIES and not request.user.is_authenticated
        if not (expired and _by_a_person(request)) or request.path.startswith(
            ("/admin/login/", "/admin/logout/", "/admin/password_reset/")
        ):
            return None
        return _shown(request, 401)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token of a page that was open while its reader signed in anew. Only what this site's own pages send is offered again."""
    if _by_a_person(request) and _from_here(request):
        return _shown(request, 403)
    return djangos_own(request, reason)


def _by_a_person(request: HttpRequest) -> bool:
    asks_for_page = "text/html" in request.headers.get("accept", "") and request.headers.get("x-requested-with") != "XMLHttpRequest"
    return request.method == "POST" and request.path.startswith("/admin/") and asks_for_page


def _from_here(request: HttpRequest) -> bool:
    """Browsers name the origin of every POST; one of another site must not get its form back with a good token in it."""
    return urlsplit(request.headers.get("origin", "")).netloc == request.get_host()


def _shown(request: HttpRequest, status: int) -> HttpResponse:
    fields = [(name, value) for name, values in request.POST.lists() if name not in _SECRET for value in values]
    context = {"fields": fields, "files": bool(request.FILES), "signed_in": request.user.is_authenticated}
    response = render(request, "units/admin/kept.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
