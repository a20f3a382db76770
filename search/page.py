"""The parts of the search page: filters, chips, pages, and what was made of the words."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .engines.base import ENDING, NEWEST, RELEVANCE
from .links import address, instead
from .query import last_page
from .registry import registry
from .service import Results

_SHOWN = 8
_OPENED = 3  # so many chosen places show what lies below them: the page asks the database a bounded number of times
_OFFERED = 5
LABELS = {
    "place": gettext_lazy("地区"),
    "field": gettext_lazy("领域"),
    "item": gettext_lazy("公开事项"),
    "category": gettext_lazy("类别"),
    "year": gettext_lazy("年份"),
    "tag": gettext_lazy("标签"),
}
SORTS = ((RELEVANCE, gettext_lazy("最相关")), (NEWEST, gettext_lazy("最新公开")), (ENDING, gettext_lazy("公示快结束")))


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


class Places:
    """Names of the places that the page speaks of, asked for once."""

    def __init__(self, results: Results) -> None:
        query = results.query
        chosen = [*query.filters.get("place", ()), *([query.near] if query.near else [])]
        below = {place: name for code in query.filters.get("place", ())[:_OPENED] for place, name in registry.place_children(code)}
        self.below = set(below)
        self.labels = {**dict(registry.place_children(None)), **below, **(registry.place_labels(chosen) if chosen else {})}

    def label(self, code: str) -> str:
        return self.labels.get(code, code)


def facets(request: HttpRequest, results: Results, places: Places) -> list[Facet]:
    return [facet for facet in (_facet(request, results, name, places) for name in LABELS) if facet.options]


def _facet(request: HttpRequest, results: Results, name: str, places: Places) -> Facet:
    """The chosen places and what lies below them come first, few though their documents may be."""
    values = results.facets[name]
    if name == "place":
        known = (value for value in values if value[0] in places.labels)
        values = sorted(known, key=lambda value: (not value[2], value[0] not in places.below))
    options = [Option(value, _said(name, value, places), count, chosen) for value, count, chosen in values]
    limit = len(options) if request.GET.get("more") == name else _SHOWN
    shown = [option for number, option in enumerate(options) if number < limit or option.chosen]
    return Facet(name, str(LABELS[name]), tuple(shown), len(options) - len(shown), address(request, more=name))


def _said(name: str, value: str, places: Places) -> str:
    """The index keeps the words of categories in the original; a page says them in its language."""
    if name == "place":
        return places.label(value)
    return _(value) if name in ("category", "field") and value else value


def chips(request: HttpRequest, results: Results, places: Places) -> list[Chip]:
    """What was chosen, each with the search that does without it."""
    query = results.query
    found = [
        Chip(_said(name, value, places), address(request, drop=(name, value))) for name, values in query.filters.items() for value in values
    ]
    if query.near:
        found.append(Chip(_("{place}的排在前面").format(place=places.label(query.near)), address(request, drop=("near", query.near))))
    for name, words in (("since", _("从 {day} 起")), ("until", _("到 {day} 止"))):
        day = getattr(query, name)
        if day:
            found.append(Chip(words.format(day=day.isoformat()), address(request, drop=(name, day.isoformat()))))
    return found


def pages(request: HttpRequest, results: Results) -> list[tuple[str, str, bool]]:
    """(words, address, current) of the pages around this one."""
    last = last_page(results.total)
    if last < 2:
        return []
    now = results.query.page
    numbers = sorted({1, *range(max(1, now - 2), min(last, now + 2) + 1)})
    around = [(str(number), address(request, page=number), number == now) for number in numbers if number <= last]
    return [*around, (_("下一页"), address(request, page=now + 1), False)] if now < last else around


def understood(request: HttpRequest, results: Results, places: Places) -> dict[str, Any]:
    """Sentences and links: what else was searched, the very words alone, the places named or chosen."""
    query, read = results.query, results.understood
    return {
        "also": list(dict.fromkeys(meaning.term for meaning in read.meanings)),
        "as_typed_url": address(request, as_typed="1") if read.meanings or read.places else "",
        "as_meant_url": address(request, drop=("as_typed", "1")) if query.as_typed else "",
        "only": [(place, address(request, place=place.code)) for place in read.places[:_OFFERED]] if not query.filters.get("place") else [],
        "wider": [
            (places.label(code), instead(request, "place", "near", code)) for code in query.filters.get("place", ())[:1] if query.text
        ],
    }
