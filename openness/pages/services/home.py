"""What each section of the home page shows. A section that is not on the page asks nothing of the database."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from openness.disclosures.models import Disclosure
from openness.supervision.views.progress import progress_this_year

from ..blocks.home import USUAL
from ..blocks.links import shown_links
from .fields import most_read_about, public_fields
from .places import places

_TILES = 8
_NEWEST = 8
_NOTICES = 5
_BESIDE = {"notices", "progress"}  # narrow on a wide screen
_ACROSS = "band"  # as wide as the page


@dataclass(frozen=True)
class Section:
    """One section: `kind` names its template below pages/home/, `said` is what it shows."""

    kind: str
    said: dict[str, Any]

    @property
    def template(self) -> str:
        return f"pages/home/{self.kind}.html"


@dataclass
class Row:
    """Sections that stand beside each other on a wide screen: left `wide` and `after`, right `beside`. On a telephone they follow in this order."""

    wide: list[Section] = field(default_factory=list)
    beside: list[Section] = field(default_factory=list)
    after: list[Section] = field(default_factory=list)

    def takes(self, section: Section) -> bool:
        """Put it in, if the order in which it is read stays the editor's."""
        narrow = section.kind in _BESIDE
        if section.kind == _ACROSS or any(one.kind == _ACROSS for one in self.wide) or (narrow and (self.after or not self.wide)):
            return False
        (self.beside if narrow else self.after if self.beside else self.wide).append(section)
        return True


def sections_of(chosen: Iterable[Any], request: HttpRequest) -> Iterator[Section]:
    """Of the blocks that the editor chose, or of the usual ones."""
    blocks = [(block.block_type, block.value) for block in chosen] or [(kind, None) for kind in USUAL]
    for kind, value in blocks:
        said = _SHOWS[kind](value, request)
        if said is not None:
            yield Section(kind, said)


def rows_of(sections: Iterable[Section]) -> list[Row]:
    rows: list[Row] = []
    for section in sections:
        if not rows or not rows[-1].takes(section):
            rows.append(Row(wide=[section]))
    return rows


def last_published() -> datetime | None:
    """When the newest public text was published; for the foot."""
    return Disclosure.objects.public().newest().values_list("first_published_at", flat=True).first()


def _village(_value: Any, request: HttpRequest) -> dict[str, Any]:
    return places(request.GET)


def _matters(_value: Any, _request: HttpRequest) -> dict[str, Any]:
    fields = public_fields()
    return {"tiles": most_read_about(fields, _TILES), "field_count": len(fields)}


def _notices(_value: Any, _request: HttpRequest) -> dict[str, Any]:
    rows = Disclosure.objects.on_notice(timezone.localdate())
    return {"rows": rows.for_lists()[:_NOTICES], "count": rows.count(), "most": _NOTICES}


def _progress(_value: Any, _request: HttpRequest) -> dict[str, Any] | None:
    found = progress_this_year(timezone.localdate())
    return {"progress": found} if found else None


def _newest(_value: Any, _request: HttpRequest) -> dict[str, Any]:
    return {"rows": Disclosure.objects.public().for_lists().newest()[:_NEWEST]}


def _band(value: Any, _request: HttpRequest) -> dict[str, Any] | None:
    over = value["until"] and value["until"] < timezone.localdate()
    return None if over else {"words": value["words"], "link": next(shown_links(value["link"]), None)}


def _picked(value: Any, _request: HttpRequest) -> dict[str, Any] | None:
    links = list(shown_links(value["links"]))
    return {"heading": value["heading"], "links": links} if links else None


_SHOWS: dict[str, Callable[[Any, HttpRequest], dict[str, Any] | None]] = {
    "band": _band,
    "village": _village,
    "matters": _matters,
    "notices": _notices,
    "progress": _progress,
    "newest": _newest,
    "picked": _picked,
}
