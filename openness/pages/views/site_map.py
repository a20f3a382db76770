"""网站地图 for people: every column, every place, every field, every composed page, on one page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from openness.pagecache.keeping import keep
from openness.pagecache.topics import ANY

from ..services.fields import public_fields
from ..services.places import places

_MOST_PAGES = 300


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    context = {"columns": _columns(), "fields": public_fields(), "pages": _pages(), **places(request.GET)}
    return keep(render(request, "pages/site_map.html", context), ANY)


def _columns() -> list[tuple[str, str]]:
    return [
        (_("首页"), "/"),
        (_("公开目录"), reverse("catalog")),
        (_("查一查"), reverse("search:search")),
        (_("公开进度"), reverse("progress")),
        (_("得分和排名"), reverse("progress_scores")),
        (_("通报"), reverse("progress_notices")),
        (_("留言"), reverse("messages")),
        (_("查我的留言办到哪一步"), reverse("message_follow")),
        (_("依申请公开"), reverse("requests")),
    ]


def _pages() -> list[dict[str, Any]]:
    """Composed pages in the order of their tree, with how deep they stand below the home page."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    rows = Page.objects.live().public().descendant_of(site.root_page).only("title", "url_path", "depth").order_by("path")[:_MOST_PAGES]
    return [{"title": row.title, "url": "/" + row.url_path.split("/", 2)[2], "depth": row.depth - site.root_page.depth} for row in rows]
