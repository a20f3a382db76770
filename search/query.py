"""From an address to a query: whatever is typed, the answer is a query, never an error."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from .analysis import FUNCTION_WORDS, characters, normalise, squeezed
from .engines.base import ENDING, FACETS, NEWEST, RELEVANCE, Plan
from .understanding import Understanding

PAGE_SIZE = 20
MOST_CHARACTERS = 200
MOST_VALUES = 50
LAST_PAGE = 500
# Scores beside BM25's of some 2 to 15: a synonym counts less than the typed word, a named place trebles.
SYNONYM, PLACE_NAME = 8.0, 1.0
NAMED, NEAR = 2.0, 1.0
SORTS = (RELEVANCE, NEWEST, ENDING)
_QUOTED = re.compile(r"[\"“”]([^\"“”]+)[\"“”]")
_FUNCTION_WEIGHT = 0.3  # flat from 0.25 to 0.5 (docs/search.md)
_EXCLUDED = re.compile(r"(?:^|\s)[-－](\S+)")


@dataclass(frozen=True)
class Query:
    """What somebody asked: the words as typed, the filters, the page; and what had to be changed, as sentences.

    Attributes:
        near: code of a place whose documents come first.
        as_typed: these very words only, nothing else understood.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sort: str = RELEVANCE
    page: int = 1
    near: str = ""
    as_typed: bool = False
    notes: tuple[str, ...] = ()

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE_SIZE

    @property
    def has_conditions(self) -> bool:
        return any(self.filters.values()) or bool(self.since or self.until)


def parse(data: QueryDict) -> Query:
    notes: list[str] = []
    text = _clean(data.get("q", ""), notes)
    if text and not squeezed(text):
        notes.append(_("“{text}”里没有可以查的字，下面是最新公开的。").format(text=text[:20]))
    filters = {name: _values(data.getlist(name), notes) for name in FACETS}
    sort = data.get("sort", RELEVANCE)
    return Query(
        text=text,
        filters={name: values for name, values in filters.items() if values},
        since=_day(data.get("since", ""), notes),
        until=_day(data.get("until", ""), notes),
        sort=sort if sort in SORTS else RELEVANCE,
        page=_page(data.get("page", "1"), notes),
        near="".join(_values([data.get("near", "")], notes)),
        as_typed=data.get("as_typed") == "1",
        notes=tuple(dict.fromkeys(notes)),
    )


def _clean(text: str, notes: list[str]) -> str:
    text = " ".join("".join(character if character.isprintable() else " " for character in text[: 10 * MOST_CHARACTERS]).split())
    if len(text) > MOST_CHARACTERS:
        notes.append(_("查的内容太长，只按前 {n} 个字查。").format(n=MOST_CHARACTERS))
    return text[:MOST_CHARACTERS]


def _values(values: list[str], notes: list[str]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(value for value in values[: 4 * MOST_VALUES] if value and value.isprintable() and len(value) <= 300))
    if len(kept) > MOST_VALUES:
        notes.append(_("条件选得太多，只用前 {n} 个。").format(n=MOST_VALUES))
    return kept[:MOST_VALUES]


def _day(text: str, notes: list[str]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        notes.append(_("日期要写成 2026-10-01 这样，这个条件没有用上。"))
        return None


def _page(text: str, notes: list[str]) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
    if number > LAST_PAGE:
        notes.append(_("最多翻到第 {n} 页，请加上条件缩小范围。").format(n=LAST_PAGE))
    return min(max(number, 1), LAST_PAGE)


def plan_of(query: Query, today: date, understood: Understanding, above: Sequence[str] = ()) -> Plan:
    """The tokens that engines get. A query of signs only has no words: it shows the newest, with the filters kept.

    `above` are the codes over the place that `query.near` names, the nearest first.
    """
    rest, phrases = _take(_QUOTED, query.text)
    rest, excluded = _take(_EXCLUDED, rest)
    conditions = Plan(
        phrases=phrases,
        excluded=excluded,
        exact=squeezed(rest if excluded else query.text),
        filters=query.filters,
        since=query.since,
        until=query.until,
        notice_from=today if query.sort == ENDING else None,
        sort=query.sort,
        offset=query.offset,
        limit=PAGE_SIZE,
    )
    return _very_words(conditions, rest) if query.as_typed else _meant(conditions, rest, understood, _near(query, understood, above))


def ranked_text(query: Query) -> str:
    """What is to be understood: the words without what is quoted or left out."""
    return _EXCLUDED.sub(" ", _QUOTED.sub(" ", query.text))


def _meant(plan: Plan, rest: str, understood: Understanding, near: tuple[tuple[str, str, float], ...]) -> Plan:
    pieces = [*_pieces(rest), *([tuple(understood.rest)] if understood.rest else [])]
    named = {tuple(word) for word in understood.place_words}
    also = [(tuple(squeezed(meaning.term)), SYNONYM * meaning.weight) for meaning in understood.meanings]
    return replace(
        plan,
        words=tuple(word for word in understood.words if word not in FUNCTION_WORDS),
        weighted=tuple((word, _FUNCTION_WEIGHT) for word in understood.words if word in FUNCTION_WORDS),
        literal=tuple(dict.fromkeys(piece for piece in pieces if piece not in named)),
        also=(*also, *((piece, PLACE_NAME) for piece in sorted(named))),
        inside=() if understood.words else tuple(place.code for place in understood.places),
        near=near,
    )


def _very_words(plan: Plan, rest: str) -> Plan:
    return replace(plan, phrases=(*plan.phrases, *_pieces(rest)))


def _pieces(text: str) -> list[tuple[str, ...]]:
    return [piece for piece in (tuple(characters(normalise(part))) for part in text.split()) if piece]


def _near(query: Query, understood: Understanding, above: Sequence[str]) -> tuple[tuple[str, str, float], ...]:
    """A place named in the words says more than the one where the person lives.

    Around that one: everything of the place itself, then what the units above it publish themselves, then its neighbours.
    """
    named = tuple(("place", place.code, NAMED) for place in understood.places)
    if not query.near:
        return named
    own = tuple(("unit", code, NEAR / 2) for code in above)
    return (*named, ("place", query.near, NEAR), *own, *(("place", code, NEAR / 4) for code in above[:1]))


def without_quotes(query: Query) -> Query:
    """The same words, quoted or not, none of them demanded."""
    return replace(query, text=_QUOTED.sub(r"\1", query.text))


def plain_text(query: Query) -> str:
    """The words without quotation marks and without what is left out: what a plain database query can use."""
    return " ".join(_EXCLUDED.sub(" ", _QUOTED.sub(r" \1 ", query.text)).split())


def last_page(total: int) -> int:
    """The number of the last page that can be shown of so many results; 1 if there are none."""
    return max(1, min(LAST_PAGE, -(-total // PAGE_SIZE)))


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    found = [piece for part in pattern.findall(text) for piece in _pieces("".join(part.split()))]
    return pattern.sub(" ", text), tuple(found)
