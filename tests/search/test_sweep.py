"""The continuous comparison, and what a worker does before it begins, on both engines."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search import upkeep
from search.engines.base import Delete, EngineAway, Index
from search.engines.embedded import EmbeddedEngine
from search.engines.tokens import LAYOUT
from search.models import Entry, Run
from search.outbox import touch
from search.sweep import REST, sweep_step
from search.worker import drain_all

from .conftest import indexed

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_step(shelf, engine):
    """Five documents, published and indexed."""
    for key in "abcde":
        shelf.put(key, f"标题{key}")
    touch("shelf", "abcde")
    drain_all(engine)
    return engine


def sweep(engine, size: int = 2) -> Run:
    """One whole round."""
    started = Run.objects.count()
    while Run.objects.count() == started or Run.objects.filter(ended_at=None).exists():
        assert sweep_step(engine, size)
    return Run.objects.latest("pk")


def tampered(engine, *operations) -> None:
    with engine.writing():
        engine.apply(operations)


def test_a_sweep_of_what_agrees_finds_nothing(in_step):
    run = sweep(in_step)
    assert (run.documents, run.missing, run.ghosts, run.stale) == (5, 0, 0, 0)
    assert not Entry.objects.filter(pending=True).exists()


def test_a_sweep_repairs_what_is_missing_stale_or_a_ghost(in_step, shelf):
    tampered(in_step, Delete("shelf:a", 9), Index(shelf.put("b", "别的标题"), 9))
    shelf.put("b", "标题b")
    del shelf.documents["c"]
    run = sweep(in_step)
    assert (run.missing, run.ghosts, run.stale) == (1, 1, 1)
    Entry.objects.update(version=10)  # above what was tampered with
    drain_all(in_step)
    assert indexed(in_step) == {"a", "b", "d", "e"}
    Run.objects.all().delete()
    assert sweep(in_step).stale == 0


def test_what_nobody_ever_queued_is_found_by_the_counts(in_step, shelf):
    shelf.put("restored", "从备份来的")
    assert sweep(in_step).missing == 1
    drain_all(in_step)
    assert "restored" in indexed(in_step)


def test_what_waits_is_left_to_the_worker(in_step, shelf):
    shelf.put("a", "新标题")
    touch("shelf", ["a"])
    before = Entry.objects.get(key="a").version
    assert sweep(in_step).stale == 0
    assert Entry.objects.get(key="a").version == before


def test_a_round_goes_on_where_another_process_left_it_and_rests_afterwards(in_step):
    sweep_step(in_step, 2)
    sweep_step(in_step, 2)
    assert Run.objects.get().documents == 4
    sweep_step(in_step, 2)
    sweep_step(in_step, 2)
    assert Run.objects.get().ended_at
    assert sweep_step(in_step, 2) is False
    Run.objects.update(ended_at=timezone.now() - REST - timedelta(seconds=1))
    assert sweep_step(in_step, 2) is True


def test_a_change_during_the_comparison_is_not_a_difference(in_step, shelf, monkeypatch):
    honest = in_step.digests_of

    def meanwhile(uids):
        found = honest(uids)
        shelf.put("a", "刚改的")
        touch("shelf", ["a"])
        drain_all(in_step)
        return found

    shelf.put("a", "刚改的")
    monkeypatch.setattr(in_step, "digests_of", meanwhile)
    sweep_step(in_step, 10)
    assert Run.objects.get().stale == 0


def test_a_rebuild_is_recorded_with_its_fault(in_step, shelf):
    assert upkeep.recorded_rebuild(in_step) == 5
    assert Run.objects.get().documents == 5


def test_a_rebuild_that_could_not_be_made_is_recorded_with_its_fault(embedded, shelf):
    with embedded.rebuild(), pytest.raises(EngineAway):
        upkeep.recorded_rebuild(embedded)
    assert "rebuilding" in Run.objects.get().fault
    assert Run.objects.get().ended_at


def test_an_index_of_an_earlier_version_takes_nothing_until_it_is_rebuilt(tmp_path, shelf):
    engine = EmbeddedEngine(tmp_path)
    shelf.put("a", "标题")
    touch("shelf", ["a"])
    drain_all(engine)
    (tmp_path / "v1" / "layout").write_text(str(LAYOUT - 1), encoding="utf-8")
    later = EmbeddedEngine(tmp_path)
    assert later.outdated()
    with pytest.raises(EngineAway, match="another version"):
        later.count()
    upkeep.begin(later)
    assert not later.outdated()
    assert indexed(later) == {"a"}


@pytest.mark.elasticsearch
def test_an_elasticsearch_index_of_an_earlier_version_is_rebuilt_too(request, shelf):
    engine = request.getfixturevalue("elastic")
    engine._ready()
    engine.client.indices.put_mapping(index=engine.read, meta={"layout": LAYOUT - 1})
    shelf.put("a", "标题")
    touch("shelf", ["a"])
    assert drain_all(engine).failed == 1
    upkeep.begin(engine)
    assert indexed(engine) == {"a"}
