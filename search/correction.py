"""Whether to ask 您是不是要找: only where nothing on top literally says what was typed."""

from dataclasses import replace

from django.utils import timezone

from .analysis import squeezed
from .engines import Engine, EngineAway, engine
from .query import Query, plan_of
from .service import Results
from .suggest.spelling import corrected
from .understanding import NOTHING

_LOOKED_AT = 3


def correction(results: Results, by: Engine | None = None) -> str | None:
    """Other words to offer for a first page; None if the typed ones are right, or nothing better is known."""
    query = results.query
    if not query.text or query.page > 1 or query.as_typed or results.plain or _says_it(results):
        return None
    chosen = by or engine()
    try:
        return corrected(query.text, lambda text: _found(chosen, replace(query, text=text)))
    except EngineAway:
        return None


def _says_it(results: Results) -> bool:
    typed = squeezed(results.query.text)
    return any(typed in squeezed(hit.document.title + hit.document.body) for hit in results.hits[:_LOOKED_AT])


def _found(chosen: Engine, query: Query) -> int:
    plan = plan_of(replace(query, as_typed=True), timezone.localdate(), NOTHING)
    return chosen.search(replace(plan, limit=1, offset=0), facets=()).total
