"""Head and foot of every page, the same on all pages of a host: read once, and again when anything of the site has changed."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from openness.pagecache.remembering import remembered

from .models import SiteFrame


class FootPage(NamedTuple):
    title: str
    url: str


@dataclass(frozen=True)
class Frame:
    names: SiteFrame
    foot_pages: tuple[FootPage, ...]


def frame_of(request: HttpRequest) -> Frame:
    return remembered(("frame", request.get_host()), lambda: _read(request))


def _read(request: HttpRequest) -> Frame:
    return Frame(SiteFrame.for_request(request), tuple(FootPage(page.title, page.url) for page in _foot_pages()))


def _foot_pages() -> QuerySet[Page]:
    """Help and statements, and the section that every government site has."""
    wanted = Q(textpage__in_foot=True) | Q(opennesspage__isnull=False)
    return Page.objects.live().filter(wanted, depth=3).only("title", "url_path").order_by("path")
