"""What a search finds anew: for feeds and for whoever wants to be told. Stricter than the page, which ranks and shows near matches below.

A document belongs to it if it holds every word that was typed, or what is searched for that word as well (synonyms), literally, and
stands in the place that was named. So what is followed can be said in a sentence, and nothing loosely related comes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .analysis import FUNCTION_WORDS, squeezed
from .documents import Document
from .engines import Engine, engine
from .engines.base import NEWEST, Plan
from .query import Query, plan_of, ranked_text
from .registry import registry
from .sending import pages
from .understanding import NOTHING, Understanding, understand

_AT_ONCE = 1000
Group = tuple[tuple[str, ...], ...]


def plan_to_follow(query: Query) -> Plan:
    """The newest first. Days, years and pages of the search do not count: what comes is new; nor does whose place comes first."""
    understood = NOTHING if query.as_typed else understand(ranked_text(query))
    base = plan_of(replace(query, near="", page=1, sort=NEWEST), date.min, understood)
    filters = {name: values for name, values in query.filters.items() if name != "year"}
    if understood.places and "place" not in filters:
        filters["place"] = tuple(place.code for place in understood.places)
    return Plan(phrases=base.phrases, excluded=base.excluded, groups=tuple(_groups(understood)), filters=filters, sort=NEWEST)


def _groups(understood: Understanding) -> Iterator[Group]:
    """One for each word; words that mean something else together are one."""
    meant: dict[str, list[str]] = {}
    for meaning in understood.meanings:
        meant.setdefault(meaning.word, [meaning.word]).append(meaning.term)
    words = [word for word in understood.words if word not in FUNCTION_WORDS] or list(understood.words)
    alone = [[word] for word in words if not any(word in known for known in meant)]
    for spellings in [*alone, *meant.values()]:
        yield tuple(tuple(squeezed(one)) for one in spellings if squeezed(one))


def newest(query: Query, limit: int, by: Engine | None = None) -> list[Document]:
    """The newest that are public now, as the database has them now: what was withdrawn a moment ago is left out.

    Raises:
        EngineAway: nobody can tell now.
    """
    found = (by or engine()).search(replace(plan_to_follow(query), limit=limit), facets=())
    return list(fresh(hit.document.uid for hit in found.hits).values())


def among(query: Query, uids: Sequence[str], by: Engine | None = None) -> set[str]:
    """Those of these documents that belong to what is followed. The index must know their latest version.

    Raises:
        EngineAway: nobody can tell now.
    """
    plan, chosen = plan_to_follow(query), by or engine()
    found = (chosen.search(replace(plan, only=tuple(page), limit=len(page)), facets=()) for page in pages(uids, _AT_ONCE))
    return {hit.document.uid for one in found for hit in one.hits}


def fresh(uids: Iterable[str]) -> dict[str, Document]:
    """Those that are public now, as they are now, in the same order. A fixed number of queries a kind."""
    wanted = list(dict.fromkeys(uids))
    keys: dict[str, list[str]] = {}
    for uid in wanted:
        kind, _colon, key = uid.partition(":")
        keys.setdefault(kind, []).append(key)
    built = {
        document.uid: document
        for kind, some in keys.items()
        if kind in registry.kinds
        for document in registry.kinds[kind].build(some).values()
    }
    return {uid: built[uid] for uid in wanted if uid in built}


def address_of(query: Query) -> str:
    """What is followed as a query string, the same whatever the order in which it was chosen: equal strings find the same."""
    pairs = [("q", query.text)] if query.text else []
    pairs += [(name, value) for name in sorted(query.filters) if name != "year" for value in sorted(query.filters[name])]
    return urlencode([*pairs, *([("as_typed", "1")] if query.as_typed and query.text else [])])


def in_words(query: Query) -> str:
    """松花镇里，含“低保”，标签“养老”的新公开. One query where a place is chosen."""
    return many_in_words([query])[0]


def many_in_words(queries: Sequence[Query]) -> list[str]:
    """The same for many, with no more queries than for one."""
    places = {code for query in queries for code in query.filters.get("place", ())}
    labels = registry.place_labels(places) if places else {}
    return [_in_words(query, labels) for query in queries]


def _in_words(query: Query, labels: Mapping[str, str]) -> str:
    places = query.filters.get("place", ())
    parts = [_("{places}里").format(places="、".join(labels.get(code, code) for code in places))] if places else []
    parts += [_("含“{text}”").format(text=_QUOTES.sub("", query.text))] if query.text else []
    parts += [words.format(values="”“".join(query.filters[name])) for name, words in _NAMED.items() if query.filters.get(name)]
    return _("{what}的新公开").format(what="，".join(parts) or _("全站"))


_QUOTES = re.compile('["“”]')
_NAMED = {
    "item": gettext_lazy("事项“{values}”"), "field": gettext_lazy("领域“{values}”"), "category": gettext_lazy("类别“{values}”"),
    "tag": gettext_lazy("标签“{values}”"),
}  # fmt: skip
