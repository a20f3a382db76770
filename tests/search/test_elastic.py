"""What only Elasticsearch must prove: it is a server that can be away, late and rebuilt under writes."""

import os
import time
import uuid

import pytest

from search.documents import Document
from search.engines.base import Delete, DocumentRejected, EngineAway, Index, Plan
from search.engines.elastic import ElasticEngine

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def elastic():
    assert "ELASTICSEARCH_URL" in os.environ, "run the tests by `make test`: it starts the real Elasticsearch"
    engine = ElasticEngine(os.environ["ELASTICSEARCH_URL"], f"test-{uuid.uuid4().hex[:12]}", refresh=True)
    yield engine
    client = engine.client.options(request_timeout=30)
    for name in client.indices.get(index=f"{engine.prefix}-0*"):
        client.indices.delete(index=name)


def document(title: str = "低保名单") -> Document:
    return Document("d", "1", title, "", "/")


def titles(engine) -> list[str]:
    return [hit.document.title for hit in engine.search(Plan()).hits]


def test_an_older_version_never_overwrites_a_newer_one(elastic):
    elastic.apply([Index(document("新"), 6)])
    elastic.apply([Index(document("旧"), 5)])
    assert titles(elastic) == ["新"]


def test_sending_the_same_version_again_changes_nothing(elastic):
    for _ in range(3):
        elastic.apply([Index(document(), 4)])
    assert titles(elastic) == ["低保名单"]


def test_a_late_write_does_not_bring_back_what_was_withdrawn(elastic):
    elastic.apply([Index(document(), 4)])
    elastic.apply([Delete("d:1", 5)])
    elastic.apply([Index(document(), 4)])
    assert titles(elastic) == []
    assert elastic.count() == 0


def test_a_server_that_is_away_answers_at_once(monkeypatch):
    engine = ElasticEngine("http://127.0.0.1:9", "nobody")
    for _ in range(3):
        with pytest.raises(EngineAway):
            engine.search(Plan())
    began = time.monotonic()
    with pytest.raises(EngineAway, match="a moment ago"):
        engine.search(Plan())
    assert time.monotonic() - began < 0.05


def test_the_mapping_takes_no_field_by_surprise(elastic, monkeypatch):
    monkeypatch.setattr("search.engines.analysts.token_fields", lambda document: {"surprise": document.title})
    with pytest.raises(DocumentRejected, match="surprise"):
        elastic.apply([Index(document(), 1)])


def test_writes_during_a_rebuild_reach_the_new_index(elastic):
    elastic.apply([Index(document("旧"), 1)])
    with elastic.rebuild() as fresh:
        elastic.apply([Index(document("改过"), 2)])
        fresh.apply([Index(document("旧"), 1)])
        assert titles(elastic) == ["改过"]
        fresh.take_over()
    assert titles(elastic) == ["改过"]
    elastic.apply([Index(document("再改"), 3)])
    assert titles(elastic) == ["再改"]


def test_a_failed_rebuild_leaves_the_old_index_alone(elastic):
    elastic.apply([Index(document(), 1)])
    with pytest.raises(ZeroDivisionError), elastic.rebuild():
        raise ZeroDivisionError
    assert titles(elastic) == ["低保名单"]
    assert len(elastic.client.indices.get_alias(name=elastic.write).body) == 1
