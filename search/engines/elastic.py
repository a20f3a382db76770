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

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.dsl import Search
from elasticsearch.helpers import ScanError, scan, streaming_bulk

from ..documents import Document, digest_of
from .base import FACETS, Delete, DocumentRejected, Engine, EngineAway, Found, Hit, Operation, Plan
from .breaker import Breaker
from .elastic_queries import build_search
from .tokens import exact_values, facet_values, number_of, token_fields

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
        self.client = Elasticsearch(url, request_timeout=_SEARCH_SECONDS, max_retries=0, retry_on_timeout=False)
        self.url, self.prefix, self.refresh = url, prefix, refresh
        self.read, self.write, self.building = f"{prefix}-read", f"{prefix}-write", f"{prefix}-building"
        self._target = target  # an index being rebuilt is written by name
        self._breaker = Breaker()

    # ---- indices -------------------------------------------------------------------------------------------------

    def _ready(self) -> None:
        """Create the first index where there is none."""
        if not self._breaker.call(lambda: self.client.indices.exists_alias(name=self.read)):
            with suppress(EngineAway):  # somebody else was first
                self._create(f"{self.prefix}-first", [self.read, self.write])

    def _create(self, name: str, aliases: Sequence[str]) -> None:
        """An index is written by an alias of its own: a write that comes after its end is refused, not taken for a new index.

        Raises:
            EngineAway: somebody else has just created it.
        """
        patient = self.client.options(request_timeout=_WRITE_SECONDS)
        wanted: dict[str, Any] = {alias: {} for alias in (*aliases, _door(name))}
        try:
            self._breaker.call(lambda: patient.indices.create(index=name, mappings=MAPPING, settings=SETTINGS, aliases=wanted))
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
        targets = self._behind(self.write)
        if not targets:
            raise EngineAway("no index takes writes")
        return targets

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
        actions = (_action(_door(target), operation) for operation in operations)
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
        query = build_search(Search(using=self.client, index=self.read).source(["payload"]), plan, facets)
        try:
            answer: Any = self._breaker.call(query.execute)
        except ApiError as error:
            raise EngineAway(f"no answer: {error}") from error
        hits = tuple(Hit(Document.from_json(hit.payload), float(hit.meta.score or 0)) for hit in answer.hits)
        counts = {name: {bucket.key: bucket.doc_count for bucket in answer.aggregations[name]["values"].buckets} for name in facets}
        return Found(hits[: plan.limit], answer.hits.total.value, counts)

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
        self._create(fresh, [self.write, self.building])
        try:
            yield ElasticEngine(self.url, self.prefix, refresh=self.refresh, target=fresh)
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
        """Readers change over in one step.

        Raises:
            EngineAway: a later rebuild has begun; this one ends.
        """
        self._refresh(self._target)
        read_now = self._behind(self.read)
        actions: list[dict[str, Any]] = [
            {"remove": {"index": self._target, "alias": self.building, "must_exist": True}},
            *({"remove": {"index": old, "alias": alias, "must_exist": True}} for old in read_now for alias in (self.read, self.write)),
            {"add": {"index": self._target, "alias": self.read}},
        ]
        try:
            self._breaker.call(lambda: self.client.indices.update_aliases(actions=actions))
        except NotFoundError as error:
            raise EngineAway("a later rebuild has begun") from error


def _door(name: str) -> str:
    """The alias that one index is written by."""
    return f"{name}-door"


def _action(target: str, operation: Operation) -> dict[str, Any]:
    deleting = isinstance(operation, Delete)
    uid = operation.uid if isinstance(operation, Delete) else operation.document.uid
    source = {"uid": uid, "gone": True} if deleting else _source(operation.document)  # type: ignore[union-attr]
    return {
        "_op_type": "index",
        "_index": target,
        "_id": uid,
        "version": operation.version,
        "version_type": "external_gte",
        "_source": source,
    }


def _source(document: Document) -> dict[str, Any]:
    payload = document.as_json()
    return {
        "uid": document.uid,
        **token_fields(document),
        "exact": sorted(exact_values(document)),
        **{name: list(values) for name, values in facet_values(document).items()},
        "published": number_of(document.published_on) if document.published_on else 0,
        "notice_until": number_of(document.notice_until) if document.notice_until else 0,
        "digest": digest_of(payload.encode()),
        "payload": payload,
        "gone": False,
    }
