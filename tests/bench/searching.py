"""Our search from the address to the page's results, beside the bare client that sends the same body."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.http import QueryDict
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search

from search.engines.base import FACETS, Engine, Found, Plan
from search.engines.elastic import ElasticEngine
from search.engines.elastic_queries import build_search
from search.query import parse
from search.service import Results, search

from .asking import addresses
from .engines import ENGINES, elasticsearch_url, fill, new_engine, read_names, settle
from .measuring import Times, head, row

_ROUNDS = 10
_HEADERS = {"accept": "application/json", "content-type": "application/json"}


def searching(number: int, engines: Sequence[str] = ENGINES) -> Iterator[str]:
    """Whole calls, warm: a first round is not counted."""
    read_names()
    asked = addresses(number)
    for name in engines:
        with new_engine(name) as engine:
            fill(engine, number)
            settle(engine)
            yield f"\nsearch: {name}, {number} documents, p50 / p95 in ms over {_ROUNDS} rounds of the class's queries"
            yield from _against_client(engine, asked) if isinstance(engine, ElasticEngine) else _alone(engine, asked)


def _alone(engine: Engine, asked: dict[str, list[str]]) -> Iterator[str]:
    yield head("query", "whole call, five facets", "whole call, no facets")
    for what, queries in asked.items():
        times = _interleaved(queries, [lambda text: _whole(engine, text), lambda text: _whole(_WithoutFacets(engine), text)])
        yield row(what, *(one.shown() for one in times))


def _against_client(engine: ElasticEngine, asked: dict[str, list[str]]) -> Iterator[str]:
    yield head("query", "ours, five facets", "bare client, five facets", "ratio", "ours, no facets", "bare client, no facets", "ratio")
    bare = Elasticsearch(elasticsearch_url(), request_timeout=60)
    for what, queries in asked.items():
        bodies = {(text, facets): _body_sent(engine, text, facets) for text in queries for facets in (FACETS, ())}
        acts: list[Callable[[str], object]] = [
            lambda text: _whole(engine, text),
            lambda text, bodies=bodies: _bare(bare, engine.read, bodies[text, FACETS]),
            lambda text: _whole(_WithoutFacets(engine), text),
            lambda text, bodies=bodies: _bare(bare, engine.read, bodies[text, ()]),
        ]
        ours, theirs, our_hits, their_hits = _interleaved(queries, acts)
        yield row(
            what, ours.shown(), theirs.shown(), f"{ours.at(50) / theirs.at(50):.2f}",
            our_hits.shown(), their_hits.shown(), f"{our_hits.at(50) / their_hits.at(50):.2f}",
        )  # fmt: skip


def _interleaved(queries: Sequence[str], acts: Sequence[Callable[[str], object]]) -> list[Times]:
    for text in queries:
        for act in acts:
            act(text)
    times = [Times() for _ in acts]
    for _ in range(_ROUNDS):
        for text in queries:
            for one, act in zip(times, acts, strict=True):
                one.take(lambda act=act, text=text: act(text))  # type: ignore[misc]
    return times


def _whole(engine: Any, text: str) -> Results:
    """What the search page calls: parse, plan, engine, second look, facets."""
    results = search(parse(QueryDict(text)), by=engine)
    assert not results.plain, "the engine is away: these times would be the database's"
    return results


def _bare(client: Elasticsearch, index: str, body: dict[str, Any]) -> object:
    """The client's own work only: sending, waiting, reading the JSON."""
    return client.perform_request("POST", f"/{index}/_search", headers=_HEADERS, body=body).body


class _WithoutFacets:
    """The same search without counting: no page asks for it, it shows what the facets cost."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def search(self, plan: Plan) -> Found:
        return self.engine.search(plan, ())


class _Recorder:
    """Remembers the plan that the service hands to the engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.plans: list[Plan] = []

    def search(self, plan: Plan) -> Found:
        self.plans.append(plan)
        return self.engine.search(plan)


def _body_sent(engine: ElasticEngine, text: str, facets: Sequence[str]) -> dict[str, Any]:
    recorder = _Recorder(engine)
    _whole(recorder, text)
    assert len(recorder.plans) == 1, f"more than one request for {text}"
    body = build_search(Search().source(["payload"]), recorder.plans[0], facets).to_dict()
    return dict(json.loads(json.dumps(body)))  # plain dictionaries, as a bare client would be given
