"""What only Elasticsearch must prove: it is a server that can be away, late and rebuilt under writes."""

import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured
from elastic_transport import ConnectionError

from search.documents import Document
from search.engines import breaker
from search.engines import engine as engine_of_settings
from search.engines.base import Delete, DocumentRejected, EngineAway, Index, Plan
from search.engines.elastic import ElasticEngine
from search.rebuild import rebuild

from .conftest import drop

pytestmark = pytest.mark.elasticsearch


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


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "shards", "copies"), [("county", "1", "0"), ("city", "1", "1"), ("province", "2", "1")])
def test_shards_and_copies_follow_the_size_of_the_deployment_also_after_a_rebuild(shelf, size, shards, copies):
    engine = ElasticEngine(os.environ["ELASTICSEARCH_URL"], f"test-{uuid.uuid4().hex[:12]}", refresh=True, size=size)
    shelf.put("a", "标题")
    try:
        for act in (engine._ready, lambda: rebuild(engine)):
            act()
            (index,) = engine.client.indices.get_settings(index=engine.read).values()
            settings = index["settings"]["index"]
            assert (settings["number_of_shards"], settings["number_of_replicas"], settings["refresh_interval"]) == (shards, copies, "1s")
    finally:
        drop(engine)


def test_an_unknown_size_is_a_clear_sentence(settings):
    settings.SEARCH_URL, settings.SEARCH_SIZE = "http://127.0.0.1:9/x", "galaxy"
    with pytest.raises(ImproperlyConfigured, match="county, city, province"):
        engine_of_settings()


def another(elastic) -> ElasticEngine:
    return ElasticEngine(elastic.url, elastic.prefix, refresh=True)


def test_what_a_rebuild_that_died_left_behind_is_no_obstacle(elastic):
    elastic.apply([Index(document(), 1)])
    died = elastic.rebuild()
    died.__enter__()  # and nobody leaves it
    with another(elastic).rebuild() as fresh:
        fresh.apply([Index(document("重建"), 1)])
        fresh.take_over()
    assert titles(elastic) == ["重建"]
    assert len(elastic._indices()) == 1


def test_of_two_rebuilds_at_once_the_later_stays(elastic):
    elastic.apply([Index(document(), 1)])
    with elastic.rebuild() as first:
        first.apply([Index(document("先"), 1)])
        with another(elastic).rebuild() as second:
            second.apply([Index(document("后"), 1)])
            with pytest.raises(EngineAway, match="later rebuild"):
                first.take_over()
            second.take_over()
    assert titles(elastic) == ["后"]
    assert len(elastic._indices()) == 1


def test_a_write_that_comes_after_the_swap_makes_no_index_of_its_own(elastic):
    """A worker that stood still with the old index's name in hand."""
    elastic.apply([Index(document("旧"), 1)])
    (old,) = elastic._targets()
    with elastic.rebuild() as fresh:
        fresh.take_over()
    with pytest.raises(EngineAway):
        elastic._bulk(old, [Index(document("新"), 2)])
    assert len(elastic._indices()) == 1
    elastic.apply([Index(document("新"), 2)])
    assert titles(elastic) == ["新"]


def test_several_processes_may_make_the_first_index(elastic):
    engines = [another(elastic) for _ in range(6)]
    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(lambda engine: engine.apply([Index(document(), 1)]), engines))
    assert titles(elastic) == ["低保名单"]
    assert len(elastic._indices()) == 1


def test_after_the_pause_one_caller_tries_and_the_others_do_not_wait(monkeypatch):
    monkeypatch.setattr(breaker, "_PAUSE_SECONDS", 0.2)
    guarded, calls = breaker.Breaker(), []

    def refused():
        calls.append(1)
        raise ConnectionError("refused")

    for _ in range(3):
        with pytest.raises(EngineAway):
            guarded.call(refused)
    time.sleep(0.25)
    for _ in range(5):
        with pytest.raises(EngineAway):
            guarded.call(refused)
    assert len(calls) == 4
    time.sleep(0.25)
    assert guarded.call(lambda: "here") == "here"
    assert guarded.call(lambda: "again") == "again"


def test_comparing_with_a_server_that_is_away_says_so():
    with pytest.raises(EngineAway):
        list(ElasticEngine("http://127.0.0.1:9", "nobody").digests())
