"""One search, end to end: plan, engine, second look, facets with names; or the database when the engine is away."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter

from django.utils import timezone
from django.utils.translation import gettext as _

from .answers import Answer, answer
from .documents import Document
from .engines import Engine, EngineAway, engine
from .engines.base import FACETS, Found, Hit, Plan
from .freshness import freshened
from .query import PAGE_SIZE, Query, last_page, plain_text, plan_of, ranked_text, without_quotes
from .registry import registry
from .rerank import WINDOW, rerank
from .understanding import NOTHING, Understanding, understand

logger = logging.getLogger(__name__)
_PLAIN_LIMIT = 50


@dataclass(frozen=True)
class Results:
    """What the page shows.

    Attributes:
        facets: facet -> (value, count, chosen).
        plain: the engine is away and the database answered.
        answer: for a question, the passage that answers it.
    """

    query: Query
    plan: Plan
    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, list[tuple[str, int, bool]]]
    notes: tuple[str, ...] = ()
    plain: bool = False
    understood: Understanding = NOTHING
    answer: Answer | None = None


def search(query: Query, today: date | None = None, by: Engine | None = None, *, synonyms: bool = True) -> Results:
    """Answer a query. Never raises for what was typed, nor for an engine that is away."""
    day, chosen = today or timezone.localdate(), by or engine()
    understood = _understood(query, synonyms)
    plan = plan_of(query, day, understood, registry.places_above(query.near) if query.near else ())
    try:
        found = _found(chosen, plan, query, day)
        if not found.total and plan.phrases and plan.words:  # a question that quotes, not somebody who wants the very words
            note = _("没有和引号里一字不差的，下面是相近的。")
            nearest = search(without_quotes(query), day, chosen, synonyms=synonyms)
            return replace(nearest, query=query, notes=(*nearest.notes, note))
    except EngineAway as away:
        logger.warning("search engine away, answering from the database: %s", away)
        return _plain(query, plan)
    if found.total and query.page > last_page(found.total):
        note = _("没有第 {n} 页，这是最后一页。").format(n=query.page)
        return search(replace(query, page=last_page(found.total), notes=(*query.notes, note)), today, by, synonyms=synonyms)
    return Results(
        query,
        plan,
        found.hits,
        found.total,
        _facets(found, query),
        query.notes,
        understood=understood,
        answer=answer(query.text, understood.words, found.hits) if understood.asks and query.page == 1 else None,
    )


def table(query: Query, most: int, by: Engine | None = None) -> Results:
    """The first `most` results in the order of the page, without facets. Never raises, as `search`."""
    day, chosen = timezone.localdate(), by or engine()
    plan = plan_of(query, day, _understood(query, True), registry.places_above(query.near) if query.near else ())
    try:
        found = chosen.search(replace(plan, offset=0, limit=most), facets=())
    except EngineAway as away:
        logger.warning("search engine away, answering from the database: %s", away)
        return _plain(query, plan)
    first = freshened(rerank(found.hits[:WINDOW], query.text), day) if _reranks(plan) else found.hits[:WINDOW]
    return Results(query, plan, (*first, *found.hits[WINDOW:]), found.total, {}, query.notes)


def _understood(query: Query, synonyms: bool) -> Understanding:
    if query.as_typed:
        return NOTHING
    understood = understand(ranked_text(query))
    return understood if synonyms else replace(understood, meanings=())


def _found(chosen: Engine, plan: Plan, query: Query, today: date) -> Found:
    return _ranked(chosen, plan, query, today) if _reranks(plan) else chosen.search(plan)


def _reranks(plan: Plan) -> bool:
    return plan.has_words and plan.sort == "relevance" and plan.offset < WINDOW


def _ranked(chosen: Engine, plan: Plan, query: Query, today: date) -> Found:
    """The first hundred are fetched together, so that every page of them comes from the same order."""
    found = chosen.search(replace(plan, offset=0, limit=WINDOW))
    hits = freshened(rerank(found.hits, query.text), today)
    return replace(found, hits=tuple(hits[plan.offset : plan.offset + PAGE_SIZE]))


def _facets(found: Found, query: Query) -> dict[str, list[tuple[str, int, bool]]]:
    """Values with counts, most first; a chosen value stays visible with 0."""
    facets = {}
    for name in FACETS:
        counts, chosen = dict(found.facets.get(name, {})), query.filters.get(name, ())
        counts |= {value: 0 for value in chosen if value not in counts}
        ordered = sorted(counts.items(), reverse=name == "year")
        if name != "year":
            ordered.sort(key=itemgetter(1), reverse=True)
        facets[name] = [(value, number, value in chosen) for value, number in ordered]
    return facets


def _plain(query: Query, plan: Plan) -> Results:
    documents: list[Document] = []
    for kind in registry.kinds.values():
        documents += kind.search_plain(plain_text(query), _PLAIN_LIMIT)
    shown: Sequence[Hit] = [Hit(document, 0.0) for document in documents if _passes(document, query)]
    note = _("搜索暂时只能查标题，结果可能不全。也可以先按乡镇找。")
    page = tuple(shown[query.offset : query.offset + PAGE_SIZE])
    return Results(query, plan, page, len(shown), {name: [] for name in FACETS}, (*query.notes, note), plain=True)


def _passes(document: Document, query: Query) -> bool:
    values = {
        "place": set(document.place),
        "field": {document.field},
        "item": {document.item},
        "category": {document.category},
        "year": {document.year},
        "tag": set(document.tags),
    }
    day = document.published_on or date.min
    in_time = (query.since or date.min) <= day <= (query.until or date.max)
    return in_time and all(values[name] & set(wanted) for name, wanted in query.filters.items())
