"""What every page's frame shows: names, foot, size of type, the banner of the demo."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from .models import SiteFrame

SIZES = {"": gettext_lazy("标准字"), "l": gettext_lazy("长辈版"), "xl": gettext_lazy("特大字")}
COOKIE = "size"


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Nothing for the admin: its templates have a frame of their own."""
    if request.path.startswith("/admin/"):
        return {}
    size = request.GET.get(COOKIE, request.COOKIES.get(COOKIE, ""))
    return {
        "frame": SiteFrame.for_request(request),
        "size": size if size in SIZES else "",
        "sizes": [(key, words, _with_size(request, key)) for key, words in SIZES.items()],
        "demo": settings.DEMO,
        "nav": _nav(request),
        "foot_pages": _foot_pages(),
    }


def _foot_pages() -> QuerySet[Page]:
    """Help and statements, and the section that every government site has."""
    wanted = Q(textpage__in_foot=True) | Q(opennesspage__isnull=False)
    return Page.objects.live().filter(wanted, depth=3).only("title", "url_path").order_by("path")


def _with_size(request: HttpRequest, key: str) -> str:
    """This very page in another size."""
    data = request.GET.copy()
    data[COOKIE] = key
    return f"?{data.urlencode()}"


def _nav(request: HttpRequest) -> list[tuple[str, str, bool]]:
    places = [
        (_("首页"), "/"),
        (_("公开目录"), reverse("catalog")),
        (_("查一查"), reverse("search:search")),
        (_("留言"), reverse("messages")),
    ]
    return [(words, url, request.path == url if url == "/" else request.path.startswith(url)) for words, url in places]
