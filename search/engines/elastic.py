"""Elasticsearch, for production: explicit mapping, aliases for reading and writing, versions of our own.

Servers 8 and 9; nothing depends on what one distribution lacks: tokens come space-separated, the named analyser is `whitespace`.
Withdrawn documents stay as tombstones with their version, so that a late write cannot bring them back after a real deletion
has been forgotten.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError, OrjsonSerializer, TransportError
from elasticsearch.dsl import Search
from elasticsearch.helpers import ScanError, scan, streaming_bulk

from ..documents import Document
from .analysts import fields_of
from .base import FACETS, Delete, DocumentRejected, Engine, EngineAway, Found, Hit, Index, Operation, Plan
from .breaker import Breaker
from .elastic_queries import build_search
from .tokens import LAYOUT, exact_values, facet_values, number_of, unit_of

_SEARCH_SECONDS, _WRITE_SECONDS = 2.0, 30.0
_OLDER_OR_SAME, _REJECTED = 409, 400
_TEXT = {"type": "text", "analyzer": "whitespace"}
_KEYWORD = {"type": "keyword"}
MAPPING = {
    "dynamic": "strict",
    "_meta": {"layout": LAYOUT},
    "_source": {"excludes": ["words", "title_chars", "chars"]},
    "properties": {
        "uid": _KEYWORD,
        "words": {**_TEXT, "index_options": "freqs"},
        "title_chars": {**_TEXT, "norms": False},
        "chars": {**_TEXT, "norms": False},
        "exact": _KEYWORD,
        "unit": _KEYWORD,
        **dict.fromkeys(FACETS, _KEYWORD),
        "published": {"type": "integer"},
        "notice_until": {"type": "integer"},
        "digest": {"type": "keyword", "index": False},
        "payload": {"type": "keyword", "index": False, "doc_values": False},
        "gone": {"type": "boolean"},
    },
}
# By the size of the deployment (docs/search.md): a county's 100,000 documents, a city's million, a province's ten.
SIZES: dict[str, dict[str, Any]] = {
    "county": {"number_of_shards": 1, "number_of_replicas": 0},
    "city": {"number_of_shards": 1, "number_of_replicas": 1},
    "province": {"number_of_shards": 2, "number_of_replicas": 1},
}
_ALWAYS = {"refresh_interval": "1s", "index.max_result_window": 10_100}
_FILLING = {"refresh_interval": "-1", "number_of_replicas": 0}


class ElasticEngine(Engine):
    """`refresh` makes a batch visible when `apply` returns, as tests want it; in production a second's refresh is enough."""

    label = "Elasticsearch"

    def __init__(self, url: str, prefix: str = "openness", *, refresh: bool = False, target: str = "", size: str = "county") -> None:
        self.client = Elasticsearch(
            url, request_timeout=_SEARCH_SECONDS, max_retries=0, retry_on_timeout=False, serializer=OrjsonSerializer()
        )
        self.url, self.prefix, self.refresh = url, prefix, refresh
        self.read, self.write, self.building = f"{prefix}-read", f"{prefix}-write", f"{prefix}-building"
        self.size = size
        self._target = target  # an index being rebuilt is written by name
        self._breaker = Breaker()
        self._current = False

    # ---- indices -------------------------------------------------------------------------------------------------

    def _ready(self) -> None:
        """Create the first index where there is none."""
        if not self._breaker.call(lambda: self.client.indices.exists_alias(name=self.read)):
            with suppress(EngineAway):  # somebody else was first
                self._create(f"{self.prefix}-first", [self.read, self.write])

    def _settings(self) -> dict[str, Any]:
        return SIZES[self.size] | _ALWAYS

    def _create(self, name: str, aliases: Sequence[str], **filling: Any) -> None:
        """An index is written by an alias of its own: a write that comes after its end is refused, not taken for a new index.

        Raises:
            EngineAway: somebody else has just created it.
        """
        settings, patient = self._settings() | filling, self.client.options(request_timeout=_WRITE_SECONDS)
        wanted: dict[str, Any] = {alias: {} for alias in (*aliases, _door(name))}
        try:
            self._breaker.call(lambda: patient.indices.create(index=name, mappings=MAPPING, settings=settings, aliases=wanted))
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
            raise EngineAway(f"{name} is being made by somebody else") from error

    def _indices(self) -> dict[str, set[str]]:
        """Every index of ours with its aliases, at one moment; also those that nobody reads."""
        found = self._breaker.call(lambda: self.client.indices.get(index=f"{self.prefix}-*", features="aliases")).body
        ours = re.compile(rf"{re.escape(self.prefix)}-(first|\d{{20}})")
        return {name: set(about["aliases"]) for name, about in found.items() if ours.fullmatch(name)}

    def _behind(self, alias: str) -> list[str]:
        return sorted(name for name, aliases in self._indices().items() if alias in aliases)

    def _targets(self) -> list[str]:
        """The concrete indices that a write goes to: two while a rebuild fills the next one."""
        if self._target:
            return [self._target]
        self._ready()
        if self.outdated():
            raise EngineAway("the index is of another version: it must be rebuilt")
        targets = self._behind(self.write)
        if not targets:
            raise EngineAway("no index takes writes")
        return targets

    def outdated(self) -> bool:
        """Asked of the server until the answer is no."""
        if not self._current and self._breaker.call(lambda: self.client.indices.exists_alias(name=self.read)):
            answer = self._breaker.call(lambda: self.client.indices.get_mapping(index=self.read))
            self._current = all(index["mappings"].get("_meta") == MAPPING["_meta"] for index in answer.values())
            return not self._current
        return False

    # ---- writing -------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Nothing to hold: versions keep the order between writers."""
        self._ready()
        yield

    def apply(self, operations: Sequence[Operation]) -> None:
        for target in self._targets():
            self._breaker.call(lambda target=target: self._bulk(target, operations))  # type: ignore[misc]

    def _bulk(self, target: str, operations: Sequence[Operation]) -> None:
        client = self.client.options(request_timeout=_WRITE_SECONDS)
        actions = _actions(_door(target), operations)
        rejected = []
        for ok, item in streaming_bulk(client, actions, raise_on_error=False, refresh=self.refresh, require_alias=True):
            answer = item["index"]
            if ok or answer["status"] == _OLDER_OR_SAME:
                continue
            if answer["status"] != _REJECTED:
                raise EngineAway(str(answer.get("error")))
            rejected.append(str(answer.get("error")))
        if rejected:
            raise DocumentRejected(rejected[0])

    # ---- reading -------------------------------------------------------------------------------------------------

    def search(self, plan: Plan, facets: Sequence[str] = FACETS) -> Found:
        """The answer is read as plain dictionaries: the client's own objects cost more than the server for a hundred hits."""
        body = build_search(Search().source(["payload"]), plan, facets).to_dict()
        try:
            answer: Any = self._breaker.call(lambda: self.client.search(index=self.read, body=body)).body
        except ApiError as error:
            raise EngineAway(f"no answer: {error}") from error
        hits = tuple(
            Hit(Document.from_json(hit["_source"]["payload"]), hit["_score"] or 0.0) for hit in answer["hits"]["hits"][: plan.limit]
        )
        buckets = {name: answer["aggregations"][name]["values"]["buckets"] for name in facets}
        counts = {name: {bucket["key"]: bucket["doc_count"] for bucket in found} for name, found in buckets.items()}
        return Found(hits, answer["hits"]["total"]["value"], counts)

    def digests(self) -> Iterator[tuple[str, str]]:
        self._ready()
        name = self._target or self.read
        self._refresh(name)
        client = self.client.options(request_timeout=_WRITE_SECONDS)
        wanted = {"query": {"term": {"gone": False}}, "_source": ["digest"]}
        try:
            for hit in scan(client, index=name, query=wanted, size=2000):
                yield hit["_id"], hit["_source"]["digest"]
        except (ApiError, ScanError, TransportError) as error:
            raise EngineAway(str(error)) from error

    def digests_of(self, uids: Sequence[str]) -> dict[str, str]:
        self._ready()
        if not uids:
            return {}
        client = self.client.options(request_timeout=_WRITE_SECONDS)
        answer = self._breaker.call(
            lambda: client.mget(index=self._target or self.read, ids=list(uids), source_includes=["digest", "gone"])
        )
        found = (row for row in answer["docs"] if row.get("found") and not row["_source"]["gone"])
        return {row["_id"]: row["_source"]["digest"] for row in found}

    def count(self) -> int:
        self._ready()
        name = self._target or self.read
        self._refresh(name)
        return int(self._breaker.call(lambda: self.client.count(index=name, query={"term": {"gone": False}}))["count"])

    def _refresh(self, name: str) -> None:
        client = self.client.options(request_timeout=_WRITE_SECONDS)
        try:
            self._breaker.call(lambda: client.indices.refresh(index=name))
        except NotFoundError as error:
            raise EngineAway(f"{name} is gone: a later rebuild has begun") from error

    # ---- rebuilding ----------------------------------------------------------------------------------------------

    @contextmanager
    def rebuild(self) -> Iterator[Engine]:
        """From the first moment every write goes to both. What a rebuild that died left behind goes first; of two at once the later stays."""
        self._ready()
        self._drop_leftovers()
        fresh = f"{self.prefix}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"  # never the name of one that is gone: its rebuild may still live
        self._create(fresh, [self.write, self.building], **_FILLING)
        try:
            yield ElasticEngine(self.url, self.prefix, refresh=self.refresh, target=fresh, size=self.size)
        finally:
            self._drop_leftovers(fresh)

    def _drop_leftovers(self, only: str = "") -> None:
        """Indices that nobody reads: those still being built, or this one, and those that a finished rebuild has replaced."""
        for name in [only] if only else self._behind(self.building):
            self._give_up(name)
        unused = sorted(name for name, aliases in self._indices().items() if not aliases & {self.read, self.building})
        if unused:
            patient = self.client.options(request_timeout=_WRITE_SECONDS)
            self._breaker.call(lambda: patient.indices.delete(index=unused, ignore_unavailable=True))

    def _give_up(self, name: str) -> None:
        """Take away the mark that `take_over` needs: only one of the two can have it."""
        names = (self.building, self.write)
        taken = [{"remove": {"index": name, "alias": alias, "must_exist": True}} for alias in names]
        with suppress(NotFoundError):
            self._breaker.call(lambda: self.client.indices.update_aliases(actions=taken))

    def take_over(self) -> None:
        """Readers change over in one step, once the new index refreshes and is copied as the deployment's size asks.

        Raises:
            EngineAway: a later rebuild has begun; this one ends.
        """
        read_now = self._behind(self.read)
        actions: list[dict[str, Any]] = [
            {"remove": {"index": self._target, "alias": self.building, "must_exist": True}},
            *({"remove": {"index": old, "alias": alias, "must_exist": True}} for old in read_now for alias in (self.read, self.write)),
            {"add": {"index": self._target, "alias": self.read}},
        ]
        live = {name: value for name, value in self._settings().items() if name in _FILLING}
        try:
            self._breaker.call(lambda: self.client.indices.put_settings(index=self._target, settings=live))
            self._refresh(self._target)
            self._breaker.call(lambda: self.client.indices.update_aliases(actions=actions))
        except NotFoundError as error:
            raise EngineAway("a later rebuild has begun") from error


def _door(name: str) -> str:
    """The alias that one index is written by."""
    return f"{name}-door"


def _actions(target: str, operations: Sequence[Operation]) -> Iterator[dict[str, Any]]:
    fields = fields_of([operation.document for operation in operations if isinstance(operation, Index)])
    for operation in operations:
        source = {"uid": operation.uid, "gone": True} if isinstance(operation, Delete) else _source(operation.document, next(fields))
        yield {
            "_op_type": "index",
            "_index": target,
            "_id": source["uid"],
            "version": operation.version,
            "version_type": "external_gte",
            "_source": source,
        }


def _source(document: Document, fields: dict[str, str]) -> dict[str, Any]:
    return {
        "uid": document.uid,
        **fields,
        "exact": sorted(exact_values(document)),
        "unit": unit_of(document),
        **{name: list(values) for name, values in facet_values(document).items()},
        "published": number_of(document.published_on) if document.published_on else 0,
        "notice_until": number_of(document.notice_until) if document.notice_until else 0,
        "digest": document.digest(),
        "payload": document.payload.decode(),
        "gone": False,
    }
