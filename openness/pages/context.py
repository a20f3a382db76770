"""What every page's frame shows: names, foot, size of type, languages, the banner of the demo."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .frame import frame_of
from .languages import LANGUAGES, language_of

SIZES = {"": gettext_lazy("标准字"), "l": gettext_lazy("长辈版"), "xl": gettext_lazy("特大字")}
COOKIE = "size"


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Nothing for the admin: its templates have a frame of their own."""
    if request.path.startswith("/admin/"):
        return {}
    frame = frame_of(request)
    size = request.GET.get(COOKIE, request.COOKIES.get(COOKIE, ""))
    return {
        "frame": frame.names,
        "size": size if size in SIZES else "",
        "sizes": [(key, words, _with_size(request, key)) for key, words in SIZES.items()],
        "language": language_of(request),
        "languages": [(one, f"{one.prefix}{_here(request)}") for one in LANGUAGES],
        "site_url": settings.SITE_URL.rstrip("/"),
        "demo": settings.DEMO,
        "nav": _nav(request),
        "foot_pages": frame.foot_pages,
    }


def _with_size(request: HttpRequest, key: str) -> str:
    """This very page in another size."""
    data = request.GET.copy()
    data[COOKIE] = key
    return f"?{data.urlencode()}"


def _here(request: HttpRequest) -> str:
    """This page without its size, which a cookie remembers: the same page in any language."""
    data = request.GET.copy()
    data.pop(COOKIE, None)
    return f"{quote(request.path)}?{data.urlencode()}" if data else quote(request.path)


def _nav(request: HttpRequest) -> list[tuple[str, str, bool]]:
    places = [
        (_("首页"), "/"),
        (_("公开目录"), reverse("catalog")),
        (_("政策"), reverse("policies")),
        (_("办事"), reverse("guides")),
        (_("查一查"), reverse("search:search")),
        (_("留言"), reverse("messages")),
    ]
    return [(words, url, request.path == url if url == "/" else request.path.startswith(url)) for words, url in places]
