"""One search, end to end: plan, engine, second look, facets with names; or the database when the engine is away."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from .documents import Document
from .engines import Engine, EngineAway, engine
from .engines.base import FACETS, Found, Hit, Plan
from .query import PAGE_SIZE, Query, last_page, plain_text, plan_of, without_quotes
from .registry import registry
from .rerank import WINDOW, rerank

logger = logging.getLogger(__name__)
_PLAIN_LIMIT = 50


@dataclass(frozen=True)
class Results:
    """What the page shows. `facets` maps a facet to (value, count, chosen); `plain` when the database answered."""

    query: Query
    plan: Plan
    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, list[tuple[str, int, bool]]]
    notes: tuple[str, ...] = ()
    plain: bool = False


def search(query: Query, today: date | None = None, by: Engine | None = None) -> Results:
    """Answer a query. Never raises for what was typed, nor for an engine that is away."""
    plan = plan_of(query, today or timezone.localdate())
    chosen = by or engine()
    try:
        found = _found(chosen, plan, query)
        if not found.total and plan.phrases and plan.words:  # a question that quotes, not somebody who wants the very words
            plan = plan_of(without_quotes(query), today or timezone.localdate())
            found = _found(chosen, plan, query)
            query = replace(query, notes=(*query.notes, _("没有和引号里一字不差的，下面是相近的。")))
    except EngineAway as away:
        logger.warning("search engine away, answering from the database: %s", away)
        return _plain(query, plan)
    if found.total and query.page > last_page(found.total):
        note = _("没有第 {n} 页，这是最后一页。").format(n=query.page)
        return search(replace(query, page=last_page(found.total), notes=(*query.notes, note)), today, by)
    return Results(query, plan, found.hits, found.total, _facets(found, query), query.notes)


def _found(chosen: Engine, plan: Plan, query: Query) -> Found:
    return _ranked(chosen, plan, query) if _reranks(plan) else chosen.search(plan)


def _reranks(plan: Plan) -> bool:
    return plan.has_words and plan.sort == "relevance" and plan.offset < WINDOW


def _ranked(chosen: Engine, plan: Plan, query: Query) -> Found:
    """The first hundred are fetched together, so that every page of them comes from the same order."""
    found = chosen.search(replace(plan, offset=0, limit=WINDOW))
    hits = rerank(found.hits, query.text)
    return replace(found, hits=tuple(hits[plan.offset : plan.offset + PAGE_SIZE]))


def _facets(found: Found, query: Query) -> dict[str, list[tuple[str, int, bool]]]:
    """Values with counts, most first; a chosen value stays visible with 0."""
    facets = {}
    for name in FACETS:
        counts, chosen = dict(found.facets.get(name, {})), query.filters.get(name, ())
        counts |= {value: 0 for value in chosen if value not in counts}
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if name == "year":
            ordered.sort(key=lambda pair: pair[0], reverse=True)
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
    }
    day = document.published_on or date.min
    in_time = (query.since or date.min) <= day <= (query.until or date.max)
    return in_time and all(values[name] & set(wanted) for name, wanted in query.filters.items())
