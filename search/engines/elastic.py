"""Elasticsearch, for production: explicit mapping, aliases for reading and writing, versions of our own.

Servers 8 and 9; nothing depends on what one distribution lacks: tokens come space-separated, the named analyser is `whitespace`.
Withdrawn documents stay as tombstones with their version, so that a late write cannot bring them back after a real deletion
has been forgotten.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError, OrjsonSerializer
from elasticsearch.dsl import Search
from elasticsearch.helpers import scan, streaming_bulk

from ..documents import Document
from .analysts import fields_of
from .base import FACETS, Delete, DocumentRejected, Engine, EngineAway, Found, Hit, Index, Operation, Plan
from .breaker import Breaker
from .elastic_queries import build_search
from .tokens import exact_values, facet_values, number_of

_SEARCH_SECONDS, _WRITE_SECONDS = 2.0, 30.0
_OLDER_OR_SAME, _REJECTED = 409, 400
_TEXT = {"type": "text", "analyzer": "whitespace"}
_KEYWORD = {"type": "keyword"}
MAPPING = {
    "dynamic": "strict",
    "_source": {"excludes": ["words", "title_chars", "chars"]},
    "properties": {
        "uid": _KEYWORD,
        "words": {**_TEXT, "index_options": "freqs"},
        "title_chars": {**_TEXT, "norms": False},
        "chars": {**_TEXT, "norms": False},
        "exact": _KEYWORD,
        **dict.fromkeys(FACETS, _KEYWORD),
        "published": {"type": "integer"},
        "notice_until": {"type": "integer"},
        "digest": {"type": "keyword", "index": False},
        "payload": {"type": "keyword", "index": False, "doc_values": False},
        "gone": {"type": "boolean"},
    },
}
SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "1s", "index.max_result_window": 10_100}


class ElasticEngine(Engine):
    """`refresh` makes a batch visible when `apply` returns, as tests want it; in production a second's refresh is enough."""

    def __init__(self, url: str, prefix: str = "openness", *, refresh: bool = False, target: str = "") -> None:
        self.client = Elasticsearch(
            url, request_timeout=_SEARCH_SECONDS, max_retries=0, retry_on_timeout=False, serializer=OrjsonSerializer()
        )
        self.url, self.prefix, self.refresh = url, prefix, refresh
        self.read, self.write = f"{prefix}-read", f"{prefix}-write"
        self._target = target  # an index being rebuilt is written by name
        self._breaker = Breaker()

    # ---- indices -------------------------------------------------------------------------------------------------

    def _ready(self) -> None:
        """Create the first index where there is none."""
        if not self._breaker.call(lambda: self.client.indices.exists_alias(name=self.read)):
            self._create(f"{self.prefix}-000001", {self.read: {}, self.write: {}})

    def _create(self, name: str, aliases: dict[str, Any]) -> None:
        patient = self.client.options(request_timeout=_WRITE_SECONDS)
        self._breaker.call(lambda: patient.indices.create(index=name, mappings=MAPPING, settings=SETTINGS, aliases=aliases))

    def _targets(self) -> list[str]:
        """The concrete indices that a write goes to: two while a rebuild fills the next one."""
        if self._target:
            return [self._target]
        self._ready()
        return sorted(self._breaker.call(lambda: self.client.indices.get_alias(name=self.write)).body)

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
        rejected = []
        for ok, item in streaming_bulk(client, _actions(target, operations), raise_on_error=False, refresh=self.refresh):
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
        except NotFoundError as error:
            raise EngineAway("there is no index yet") from error
        hits = tuple(
            Hit(Document.from_json(hit["_source"]["payload"]), hit["_score"] or 0.0) for hit in answer["hits"]["hits"][: plan.limit]
        )
        buckets = {name: answer["aggregations"][name]["values"]["buckets"] for name in facets}
        counts = {name: {bucket["key"]: bucket["doc_count"] for bucket in found} for name, found in buckets.items()}
        return Found(hits, answer["hits"]["total"]["value"], counts)

    def digests(self) -> Iterator[tuple[str, str]]:
        self._ready()
        name = self._target or self.read
        client = self.client.options(request_timeout=_WRITE_SECONDS)
        self._breaker.call(lambda: client.indices.refresh(index=name))
        for hit in scan(client, index=name, query={"query": {"term": {"gone": False}}, "_source": ["digest"]}, size=2000):
            yield hit["_id"], hit["_source"]["digest"]

    def count(self) -> int:
        self._ready()
        name = self._target or self.read
        self._breaker.call(lambda: self.client.indices.refresh(index=name))
        return int(self._breaker.call(lambda: self.client.count(index=name, query={"term": {"gone": False}}))["count"])

    # ---- rebuilding ----------------------------------------------------------------------------------------------

    @contextmanager
    def rebuild(self) -> Iterator[Engine]:
        """From the first moment every write goes to both; what readers do not read at the end is dropped."""
        old = self._targets()[0]
        fresh = f"{self.prefix}-{int(old.rpartition('-')[2]) + 1:06d}"
        self._create(fresh, {self.write: {}})
        try:
            yield ElasticEngine(self.url, self.prefix, refresh=self.refresh, target=fresh)
        finally:
            unread = {old, fresh} - set(self._read_now())
            self._breaker.call(lambda: self.client.indices.delete(index=sorted(unread)))

    def take_over(self) -> None:
        """Readers change over in one step."""
        self._breaker.call(lambda: self.client.indices.refresh(index=self._target))
        actions: list[dict[str, Any]] = [
            {"remove": {"indices": self._read_now(), "aliases": [self.read, self.write]}},
            {"add": {"index": self._target, "alias": self.read}},
        ]
        self._breaker.call(lambda: self.client.indices.update_aliases(actions=actions))

    def _read_now(self) -> list[str]:
        return sorted(self._breaker.call(lambda: self.client.indices.get_alias(name=self.read)).body)


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
        **{name: list(values) for name, values in facet_values(document).items()},
        "published": number_of(document.published_on) if document.published_on else 0,
        "notice_until": number_of(document.notice_until) if document.notice_until else 0,
        "digest": document.digest(),
        "payload": document.payload.decode(),
        "gone": False,
    }
