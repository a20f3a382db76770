"""From a plan to an Elasticsearch query: the same tiers and the same words as the embedded engine's."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from elasticsearch.dsl import A, Q, Search

from .base import ENDING, NEWEST, Plan
from .tokens import EXACT, IN_TEXT, IN_TITLE, INSIDE, MOST_PHRASE, number_of

_MOST_VALUES = 10_000


def build_search(search: Search, plan: Plan, facets: Sequence[str]) -> Search:
    """Facet filters come after the counting, so that each facet is counted without its own."""
    search = search.query(_query(plan)).post_filter(
        "bool", filter=[_facet(name, values) for name, values in plan.filters.items() if values]
    )
    for name in facets:
        others = [_facet(other, values) for other, values in plan.filters.items() if values and other != name]
        counted = A("filter", Q("bool", filter=others))
        counted.bucket("values", A("terms", field=name, size=_MOST_VALUES))
        search.aggs.bucket(name, counted)
    return search.sort(*_sort(plan))[plan.offset : plan.offset + max(plan.limit, 1)].extra(track_total_hits=True)


def _query(plan: Plan) -> Any:
    must = [_ranked(plan)] if plan.has_words else []
    conditions = [_phrase("chars", phrase) for phrase in plan.phrases]
    conditions += [_any([_phrase("chars", one) for one in group]) for group in plan.groups]
    if plan.only:
        conditions.append(Q("terms", uid=list(plan.only)))
    if plan.in_title:
        conditions.append(_phrase("title_chars", plan.in_title))
    if plan.since or plan.until:
        conditions.append(_between("published", plan.since, plan.until))
    if plan.notice_from:
        conditions.append(_between("notice_until", plan.notice_from, None))
    must_not = [Q("term", gone=True), *(_phrase("chars", phrase) for phrase in plan.excluded)]
    return Q("bool", must=must, filter=conditions, must_not=must_not)


def _ranked(plan: Plan) -> Any:
    should = _meant(plan)
    should += [_near(field, code, share, should) for field, code, share in plan.near] if should else []
    if len(plan.exact) > 1:
        should.append(_scored(_phrase("title_chars", tuple(plan.exact)), IN_TITLE))
    if plan.exact:
        should.append(_scored(Q("term", exact=plan.exact), EXACT))
    should += [_scored(_phrase("title_chars", phrase), IN_TITLE) for phrase in plan.phrases]
    should += [_scored(_phrase("chars", phrase), 0.1) for phrase in plan.phrases]
    return _any(should)


def _meant(plan: Plan) -> list[Any]:
    """What the words mean: themselves, the typed pieces, what else is searched, everything of a place."""
    parts = [Q("match", words={"query": " ".join(plan.words), "operator": "or"})] if plan.words else []
    parts += [Q("term", words={"value": word, "boost": weight}) for word, weight in plan.weighted]
    parts += [_scored(_phrase("chars", piece), IN_TEXT) for piece in plan.literal]
    parts += [_scored(_phrase("chars", piece), score) for piece, score in plan.also]
    return parts + [_scored(Q("term", place=code), INSIDE) for code in plan.inside]


def _near(field: str, code: str, share: float, parts: Sequence[Any]) -> Any:
    """The same words once more for a document of the place: its score is multiplied, not lifted by a fixed amount."""
    return Q("bool", must=[_any(parts)], filter=[Q("term", **{field: code})], boost=share)


def _any(parts: Sequence[Any]) -> Any:
    return Q("bool", should=list(parts), minimum_should_match=1)


def _phrase(field: str, characters: tuple[str, ...]) -> Any:
    return Q("match_phrase", **{field: " ".join(characters[:MOST_PHRASE])})


def _scored(query: Any, score: float) -> Any:
    return Q("constant_score", filter=query, boost=score)


def _facet(name: str, values: Sequence[str]) -> Any:
    return Q("terms", **{name: list(values)})


def _between(field: str, first: date | None, last: date | None) -> Any:
    bounds = {"gte": number_of(first)} if first else {"gt": 0}
    return Q("range", **{field: bounds | ({"lte": number_of(last)} if last else {})})


def _sort(plan: Plan) -> list[Any]:
    if plan.sort == ENDING:
        return [{"notice_until": "asc"}, {"uid": "asc"}]
    if plan.sort == NEWEST or not plan.has_words:
        return [{"published": "desc"}, {"uid": "asc"}]
    return [{"_score": "desc"}, {"uid": "asc"}]
