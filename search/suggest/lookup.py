"""What to offer for what has been typed so far: a bounded number of rows and queries, whatever it is."""

import logging
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..analysis import characters, normalise
from ..engines import Engine, EngineAway, engine
from ..engines.base import NEWEST, Plan
from .keys import MOST_TYPED, Kind, has_hanzi, syllables, typed_key
from .models import TermKey, TermTop
from .tops import COLUMNS, MOST_ROWS, MOST_SUGGESTIONS, Row, best, row_of

logger = logging.getLogger(__name__)
_MOST_TITLES = 3
_SHORTEST_TITLE = 2
_LETTERS = re.compile("[a-z]+")


@dataclass(frozen=True)
class Suggestion:
    """A text to search for and what it is; with an address, a title that leads straight there."""

    text: str
    source: str
    url: str = ""


def suggest(text: str, limit: int = MOST_SUGGESTIONS, by: Engine | None = None) -> list[Suggestion]:
    """At most `limit`, and at most eight, suggestions: terms, the best first, then titles, the newest first. Never raises for a text."""
    limit = max(0, min(limit, MOST_SUGGESTIONS))
    typed = typed_key(text)
    if not typed or not limit:
        return []
    titles = _titles(text, by)[: limit - 1]
    terms = [term for term in _terms(typed) if term.text not in {title.text for title in titles}]
    return [*terms[: limit - len(titles)], *titles]


def _terms(typed: str) -> list[Suggestion]:
    found = _found(typed)
    if not found and has_hanzi(typed) and _LETTERS.search(typed):
        found = _mixed(typed)
    return [Suggestion(text, source) for text, source in found]


def _found(typed: str) -> list[tuple[str, str]]:
    top = TermTop.objects.filter(prefix=typed.encode()).values_list("terms", flat=True).first()
    if top is not None:
        return [(text, source) for text, source in top]
    return best(_rows(typed), typed, MOST_SUGGESTIONS)


def _rows(typed: str) -> list[Row]:
    first = typed.encode()
    keys = TermKey.objects.filter(key__gte=first, key__lt=first + b"\xff", kind__lt=Kind.WORD)  # no UTF-8 has this byte
    return [row_of(columns) for columns in keys.order_by("key").values_list(*COLUMNS)[:MOST_ROWS]]


def _mixed(typed: str) -> list[tuple[str, str]]:
    """低bao: looked up by the sound of all of it; the characters typed must be there, in this order."""
    letters = "".join(syllables(typed))
    hanzi = re.compile(".*".join(_LETTERS.sub("", typed)))
    return best([row for row in _rows(letters) if hanzi.search(row.text)], letters, MOST_SUGGESTIONS)


def _titles(text: str, by: Engine | None) -> list[Suggestion]:
    """Titles that literally contain what was typed; none while the engine is away."""
    typed = characters(normalise(text[:MOST_TYPED]))
    if len(typed) < _SHORTEST_TITLE or not has_hanzi("".join(typed)):
        return []
    plan = Plan(in_title=tuple(typed), sort=NEWEST, limit=2 * _MOST_TITLES)
    try:
        hits = (by or engine()).search(plan, facets=()).hits
    except EngineAway as away:
        logger.info("no titles are offered, the engine is away: %s", away)
        return []
    newest = {hit.document.title: hit.document.url for hit in reversed(hits)}
    return [Suggestion(title, _("公开内容"), url) for title, url in reversed(newest.items())][:_MOST_TITLES]
