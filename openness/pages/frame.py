"""Head and foot of every page, the same on all pages of a host: read once, and again when anything of the site has changed."""

from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import get_script_prefix

from openness.pagecache.remembering import remembered

from .models import SiteFrame, TextPage


class FootPage(NamedTuple):
    title: str
    url: str


@dataclass(frozen=True)
class Frame:
    names: SiteFrame
    foot_pages: tuple[FootPage, ...]


def frame_of(request: HttpRequest) -> Frame:
    return remembered(("frame", request.get_host(), get_script_prefix()), lambda: _read(request))


def _read(request: HttpRequest) -> Frame:
    pages = TextPage.objects.live().filter(depth=3, in_foot=True).only("title", "url_path")
    return Frame(SiteFrame.for_request(request), tuple(FootPage(page.title, page.url) for page in pages))
