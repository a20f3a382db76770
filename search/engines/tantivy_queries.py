"""From a plan to a Tantivy query."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tantivy import FieldType, Occur, Order, Query

from .base import ENDING, NEWEST, Plan
from .tokens import EXACT, IN_TEXT, IN_TITLE, INSIDE, MOST_PHRASE, number_of


def build_query(schema: Any, plan: Plan) -> Any:
    must = [(Occur.Must, _ranked(schema, plan))] if plan.has_words else []
    must += [(Occur.Must, Query.const_score_query(_phrase(schema, "chars", phrase), 1.0)) for phrase in plan.phrases]
    must += [(Occur.Must, Query.const_score_query(condition, 0.0)) for condition in _conditions(schema, plan)]
    excluded = [(Occur.MustNot, _phrase(schema, "chars", phrase)) for phrase in plan.excluded]
    if not must and excluded:
        must = [(Occur.Must, Query.all_query())]
    return Query.boolean_query([*must, *excluded]) if must else Query.all_query()


def _ranked(schema: Any, plan: Plan) -> Any:
    """Any word, or any piece literally; what contains the whole query stands above, what is called so stands first."""
    should = _meant(schema, plan)
    should += [_near(schema, field, code, share, should) for field, code, share in plan.near] if should else []
    whole = tuple(plan.exact)
    if len(whole) > 1:
        should.append(Query.const_score_query(_phrase(schema, "title_chars", whole), IN_TITLE))
    if plan.exact:
        should.append(Query.const_score_query(Query.term_query(schema, "exact", plan.exact, "basic"), EXACT))
    should += [Query.const_score_query(_phrase(schema, "title_chars", phrase), IN_TITLE) for phrase in plan.phrases]
    should += [Query.const_score_query(_phrase(schema, "chars", phrase), 0.1) for phrase in plan.phrases]
    return _any(should)


def _meant(schema: Any, plan: Plan) -> list[Any]:
    """What the words mean: themselves, the typed pieces, what else is searched, everything of a place."""
    parts = [Query.term_query(schema, "words", word, "freq") for word in plan.words]
    parts += [Query.boost_query(Query.term_query(schema, "words", word, "freq"), weight) for word, weight in plan.weighted]
    parts += [Query.const_score_query(_phrase(schema, "chars", piece), IN_TEXT) for piece in plan.literal]
    parts += [Query.const_score_query(_phrase(schema, "chars", piece), score) for piece, score in plan.also]
    return parts + [Query.const_score_query(Query.term_query(schema, "place", code, "basic"), INSIDE) for code in plan.inside]


def _near(schema: Any, field: str, code: str, share: float, parts: Sequence[Any]) -> Any:
    """The same words once more for a document of the place: its score is multiplied, not lifted by a fixed amount."""
    inside = Query.const_score_query(Query.term_query(schema, field, code, "basic"), 0.0)
    return Query.boost_query(Query.boolean_query([(Occur.Must, _any(parts)), (Occur.Must, inside)]), share)


def _any(parts: Sequence[Any]) -> Any:
    return Query.boolean_query([(Occur.Should, part) for part in parts])


def _phrase(schema: Any, field: str, characters: tuple[str, ...]) -> Any:
    wanted: list[Any] = list(characters[:MOST_PHRASE])
    if len(wanted) == 1:
        return Query.term_query(schema, field, wanted[0], "freq")
    return Query.phrase_query(schema, field, wanted)


def _conditions(schema: Any, plan: Plan) -> list[Any]:
    filters = [
        Query.boolean_query([(Occur.Should, Query.term_query(schema, name, value, "basic")) for value in values])
        for name, values in plan.filters.items()
        if values
    ]
    filters += [_any([_phrase(schema, "chars", one) for one in group]) for group in plan.groups]
    if plan.only:
        filters.append(Query.term_set_query(schema, "uid", list(plan.only)))
    if plan.in_title:
        filters.append(_phrase(schema, "title_chars", plan.in_title))
    if plan.since or plan.until:
        filters.append(_between(schema, "published", plan.since or date.min, plan.until or date.max))
    if plan.notice_from:
        filters.append(_between(schema, "notice_until", plan.notice_from, date.max))
    return filters


def _between(schema: Any, field: str, first: date, last: date) -> Any:
    return Query.range_query(schema, field, FieldType.Unsigned, number_of(first), number_of(last))


def without(plan: Plan, facet: str) -> Plan:
    return replace(plan, filters={name: values for name, values in plan.filters.items() if name != facet})


def sort_of(plan: Plan) -> tuple[str | None, Any]:
    if plan.sort == NEWEST or (not plan.has_words and plan.sort != ENDING):
        return "published", Order.Desc
    return ("notice_until", Order.Asc) if plan.sort == ENDING else (None, Order.Desc)
