import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.http import QueryDict

from search import analysis
from search.documents import Document
from search.engines.base import Engine, Index
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.query import parse
from search.registry import DocumentKind, Registry, registry
from search.service import Results, search


class Shelf:
    """A public database in memory: what `build` sees now is what is public now."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.built = 0

    def put(self, key: str, title: str = "标题", body: str = "", **columns: object) -> Document:
        document = Document("shelf", key, title, body, f"/d/{key}/", **columns)
        self.documents[key] = document
        return document

    def build(self, keys):
        self.built += len(keys)
        return {key: self.documents[key] for key in keys if key in self.documents}

    def plain(self, query: str, limit: int) -> list[Document]:
        return [document for document in self.documents.values() if query in document.title][:limit]


@pytest.fixture(autouse=True)
def plain_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """No names of places from a database: these tests are about search alone."""
    monkeypatch.setattr(analysis, "_dictionary", analysis._Dictionary())


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The only registered kind."""
    made = Shelf()
    kind = DocumentKind("shelf", "书架", object, made.build, lambda: iter(sorted(made.documents)), lambda: len(made.documents), made.plain)
    for name, value in vars(Registry()).items():
        monkeypatch.setattr(registry, name, value)
    registry.kinds["shelf"] = kind
    return made


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def new_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Engine]]:
    """Both engines, every case: a factory of empty ones. Elasticsearch is a real server, each engine with indices of its own."""
    if request.param == "embedded":
        yield lambda: EmbeddedEngine(tmp_path_factory.mktemp("index"))
        return
    assert "ELASTICSEARCH_URL" in os.environ, "run the tests by `make test`: it starts the real Elasticsearch"
    made: list[ElasticEngine] = []

    def new() -> ElasticEngine:
        made.append(ElasticEngine(os.environ["ELASTICSEARCH_URL"], f"test-{uuid.uuid4().hex[:12]}", refresh=True))
        return made[-1]

    yield new
    for engine in made:
        drop(engine)


@pytest.fixture
def engine(new_engine: Callable[[], Engine]) -> Engine:
    return new_engine()


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "index")


@pytest.fixture
def elastic() -> Iterator[ElasticEngine]:
    """A real Elasticsearch, where a case is about this engine alone."""
    engine = ElasticEngine(os.environ["ELASTICSEARCH_URL"], f"test-{uuid.uuid4().hex[:12]}", refresh=True)
    yield engine
    drop(engine)


def drop(engine: ElasticEngine) -> None:
    client = engine.client.options(request_timeout=30)
    for name in client.indices.get(index=f"{engine.prefix}-*"):
        client.indices.delete(index=name)


@pytest.fixture
def fill(engine: Engine, shelf: Shelf):
    def act() -> None:
        with engine.writing():
            engine.apply([Index(document, 1) for document in shelf.documents.values()])

    return act


@pytest.fixture
def ask(engine: Engine):
    def act(query: str) -> Results:
        return search(parse(QueryDict(query)), today=date(2026, 11, 24), by=engine)

    return act


def keys(results: Results) -> list[str]:
    return [hit.document.key for hit in results.hits]


def indexed(engine) -> set[str]:
    return {uid.removeprefix("shelf:") for uid, _digest in engine.digests()}


def change_kind(**columns) -> None:
    """Let the registered kind behave differently; the `shelf` fixture made this registry for one test."""
    registry.kinds["shelf"] = replace(registry.kinds["shelf"], **columns)
