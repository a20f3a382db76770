"""Engines of the benchmarks' own, filled without a database."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search import analysis
from search.engines.analysts import analysts
from search.engines.base import Engine, Index
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.sending import pages

from .documents import documents, village_names

BATCH = 1000
ENGINES = ("embedded", "elasticsearch")


def read_names() -> None:
    """Villages' names stay whole words, as on a site."""
    analysis.set_word_source(village_names)


@contextmanager
def new_engine(name: str, *, refresh: bool = False) -> Iterator[Engine]:
    """An empty one; Elasticsearch's indices are deleted at the end."""
    if name == "embedded":
        with tempfile.TemporaryDirectory(prefix="openness-bench-index-") as folder:
            yield EmbeddedEngine(Path(folder))
        return
    made = ElasticEngine(elasticsearch_url(), f"bench-{uuid.uuid4().hex[:12]}", refresh=refresh)
    try:
        yield made
    finally:
        client = made.client.options(request_timeout=60)
        for index in client.indices.get(index=f"{made.prefix}-*"):
            client.indices.delete(index=index)


def elasticsearch_url() -> str:
    if "ELASTICSEARCH_URL" not in os.environ:
        raise SystemExit("this part needs the real Elasticsearch: `make bench` starts it")
    return os.environ["ELASTICSEARCH_URL"]


def fill(engine: Engine, number: int) -> None:
    with engine.writing(), analysts(number):
        for page in pages(documents(number), BATCH):
            engine.apply([Index(one, 1) for one in page])
    engine.count()  # refreshes


def settle(engine: Engine) -> None:
    """One segment, so that no merge runs beside what is measured."""
    if isinstance(engine, ElasticEngine):
        client = engine.client.options(request_timeout=1800)
        client.indices.forcemerge(index=engine.read, max_num_segments=1)
        client.indices.refresh(index=engine.read)
