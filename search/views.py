"""The search page: one GET form, plain links, no script needed."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from .engines.base import ENDING, NEWEST, RELEVANCE
from .highlight import marked, snippet, terms_of
from .query import last_page, parse
from .registry import registry
from .service import Results
from .service import search as search_service

_SHOWN = 8
_OPENED = 3  # so many chosen places show what lies below them: the page asks the database a bounded number of times
_LABELS = {
    "place": gettext_lazy("地区"),
    "field": gettext_lazy("领域"),
    "item": gettext_lazy("公开事项"),
    "category": gettext_lazy("类别"),
    "year": gettext_lazy("年份"),
}
_SORTS = ((RELEVANCE, gettext_lazy("最相关")), (NEWEST, gettext_lazy("最新公开")), (ENDING, gettext_lazy("公示快结束")))


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter box. `more` is how many values are not shown, `more_url` the address that shows them."""

    name: str
    label: str
    options: tuple[Option, ...]
    more: int
    more_url: str


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    results = search_service(parse(request.GET))
    labels, below = _places(results)
    facets = [_facet(request, results, name, labels, below) for name in _LABELS]
    context = {
        "results": results,
        "query": results.query,
        "hits": _hits(results),
        "facets": [facet for facet in facets if facet.options],
        "chips": _chips(request, results, labels),
        "sorts": [(value, words, value == results.query.sort) for value, words in _SORTS],
        "clear_url": _url(request, keep=("q",)),
        "pages": _pages(request, results),
        "today": timezone.localdate(),
    }
    return render(request, "search/search.html", context)


def _places(results: Results) -> tuple[dict[str, str], set[str]]:
    """Names of the places offered: the townships, what lies below the places chosen, and these; and which lie below."""
    chosen = results.query.filters.get("place", ())
    below = {place: name for code in chosen[:_OPENED] for place, name in registry.place_children(code)}
    named = registry.place_labels(chosen) if chosen else {}
    return {**dict(registry.place_children(None)), **below, **named}, set(below)


def _facet(request: HttpRequest, results: Results, name: str, labels: dict[str, str], below: set[str]) -> Facet:
    """The chosen places and what lies below them come first, few though their documents may be."""
    values = results.facets[name]
    if name == "place":
        values = sorted((value for value in values if value[0] in labels), key=lambda value: (not value[2], value[0] not in below))
    options = [Option(value, labels.get(value, value) if name == "place" else value, count, chosen) for value, count, chosen in values]
    limit = len(options) if request.GET.get("more") == name else _SHOWN
    shown = [option for number, option in enumerate(options) if number < limit or option.chosen]
    return Facet(name, str(_LABELS[name]), tuple(shown), len(options) - len(shown), _url(request, more=name))


def _hits(results: Results) -> list[dict[str, Any]]:
    terms, today = terms_of(results.plan), timezone.localdate()
    return [
        {
            "document": hit.document,
            "title": marked(hit.document.title, terms),
            "snippet": snippet(hit.document.body, terms),
            "days_left": (hit.document.notice_until - today).days
            if hit.document.notice_until and hit.document.notice_until >= today
            else None,
        }
        for hit in results.hits
    ]


def _chips(request: HttpRequest, results: Results, labels: dict[str, str]) -> list[Chip]:
    chips = [
        Chip(labels.get(value, value) if name == "place" else value, _url(request, drop=(name, value)))
        for name, values in results.query.filters.items()
        for value in values
    ]
    for name, words in (("since", _("从 {day} 起")), ("until", _("到 {day} 止"))):
        day = getattr(results.query, name)
        if day:
            chips.append(Chip(words.format(day=day.isoformat()), _url(request, drop=(name, day.isoformat()))))
    return chips


def _url(request: HttpRequest, *, drop: tuple[str, str] | None = None, keep: tuple[str, ...] | None = None, **change: Any) -> str:
    """The same search with one thing changed; any change but of the page goes back to the first page."""
    data = request.GET.copy()
    if keep is not None:
        for name in [name for name in data if name not in keep]:
            del data[name]
    if drop is not None:
        data.setlist(drop[0], [value for value in data.getlist(drop[0]) if value != drop[1]])
    data.pop("page", None)
    for name, value in change.items():
        data[name] = str(value)
    return f"?{data.urlencode()}" if data else "?"


def _pages(request: HttpRequest, results: Results) -> list[tuple[str, str, bool]]:
    """(words, address, current) of the pages around this one."""
    last = last_page(results.total)
    if last < 2:
        return []
    now = results.query.page
    numbers = sorted({1, *range(max(1, now - 2), min(last, now + 2) + 1)})
    pages = [(str(number), _url(request, page=number), number == now) for number in numbers if number <= last]
    return [*pages, (_("下一页"), _url(request, page=now + 1), False)] if now < last else pages
