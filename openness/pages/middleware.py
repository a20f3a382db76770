"""Large type without JavaScript: `?size=l` on any address shows that page so and is remembered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .context import COOKIE, SIZES

_YEAR = 365 * 24 * 3600


class RememberSize:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        chosen = request.GET.get(COOKIE)
        if chosen in SIZES and request.method == "GET":
            response.set_cookie(COOKIE, chosen, max_age=_YEAR, samesite="Lax")
        return response
