"""What machines ask for: robots.txt and the sitemap."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openness.pagecache.keeping import keep
from openness.pagecache.topics import ANY

from ..head import absolute
from ..sitemap import BY_NAME, SECTIONS, Entry, list_entries

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LISTS = "lists"
# Results of searching, forms, and what is only for the sender of a letter.
_CLOSED = (
    "/admin/", "/search/", "/go/", "/healthz", "/messages/new/", "/messages/sent/", "/messages/follow/", "/requests/new/",
    "/d/*/wrong/", "/d/*/objection/", "/progress/cells/",
)  # fmt: skip


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED), "", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return keep(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    files = [
        (_file(_LISTS, 0), None),
        *((_file(section.name, number), newest) for section in SECTIONS for number, newest in section.files()),
    ]
    words = "".join(_xml("sitemapindex", "sitemap", files))
    return keep(HttpResponse(words, content_type="application/xml"), ANY)


@require_safe
def sitemap(request: HttpRequest, section: str, number: int) -> StreamingHttpResponse:
    """Sent as it is read: a file of 20,000 addresses is never in memory."""
    if section == _LISTS and number == 0:
        entries: Iterable[Entry] = list_entries()
    elif section in BY_NAME and number < 2**40:
        entries = BY_NAME[section].entries(number)
    else:
        raise Http404
    return StreamingHttpResponse(_xml("urlset", "url", entries), content_type="application/xml")


def _file(section: str, number: int) -> str:
    return reverse("sitemap_part", args=[section, number])


def _xml(whole: str, part: str, entries: Iterable[Entry]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{_SPACE}">\n'
    for path, changed in entries:
        yield f"<{part}><loc>{escape(absolute(path))}</loc>{_lastmod(changed)}</{part}>\n"
    yield f"</{whole}>\n"


def _lastmod(changed: datetime | None) -> str:
    return f"<lastmod>{timezone.localtime(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""
