"""What the address and the cookie say about how to show a page: its language, and the size of its type."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from .context import COOKIE, SIZES
from .languages import Language, remember
from .languages.addresses import has_one_form, parted
from .languages.answer import brought

_YEAR = 365 * 24 * 3600


class LanguageOfAddress:
    """`/hant/…` and `/ko/…`: views see the plain address and give the page of the original, which is then brought into the language.

    It stands below the page cache, which keeps the finished page under the whole address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language, path = parted(request.path_info)
        remember(request, language)
        if not language.key:
            return self.get_response(request)
        if has_one_form(path) or request.path_info == language.prefix:
            return HttpResponseRedirect(_with_query(request, path if has_one_form(path) else f"{language.prefix}/"))
        _show_plain(request, path)
        return self._in(language, request)

    def _in(self, language: Language, request: HttpRequest) -> HttpResponseBase:
        with translation.override(language.active):
            return brought(request, self.get_response(request), language)


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{quote(path)}?{query}" if query else quote(path)


def _show_plain(request: HttpRequest, path: str) -> None:
    request.path = request.path_info = path
    request.META["PATH_INFO"] = path


class RememberSize:
    """Large type without JavaScript: `?size=l` on any address shows that page so and is remembered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        chosen = request.GET.get(COOKIE)
        if chosen in SIZES and request.method == "GET":
            response.set_cookie(COOKIE, chosen, max_age=_YEAR, samesite="Lax")
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))  # going back after a change of size must not show the page as it was
        return response
