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
    """An address with a NUL names nothing: no text of PostgreSQL can hold one, and a query with it ends in an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404("a NUL in the address")
        return self.get_response(request)
