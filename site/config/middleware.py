"""Two fixed content security policies (public pages run no inline script, Wagtail's admin carries a few of its own), and addresses that name nothing."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

_COMMON = (
    "default-src 'none'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'; frame-src 'self'; object-src 'none'; "
    "media-src 'self'; manifest-src 'self'; "
)
PUBLIC = _COMMON + "script-src 'self'"
ADMIN = _COMMON + "script-src 'self' 'unsafe-inline'"


class ContentSecurityPolicy:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # setdefault: Wagtail answers documents with a stricter policy of its own.
        response.headers.setdefault("Content-Security-Policy", ADMIN if request.path.startswith("/admin/") else PUBLIC)
        return response


class NoNul:
    """No text of PostgreSQL can hold a NUL: a path with one names nothing, and a query is read without it, as if it had not been typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404("a NUL in the address")
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        return self.get_response(request)
