"""Index = public database after any history of edits, withdrawals, moves, rollbacks, outages, late deliveries and rebuilds.

A few in `make test`, HISTORIES of them in `make test-long`; on the real server, where a step takes longer, a tenth of that.
"""

import contextlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from search import analysis
from search.engines.base import EngineAway, Operation
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.models import Entry
from search.outbox import touch
from search.rebuild import compare, rebuild, repair
from search.registry import DocumentKind, Registry, registry
from search.worker import MOST_ATTEMPTS, drain_all, drain_once
from tests.search.conftest import Shelf

keys = st.sampled_from([str(number) for number in range(6)])
titles = st.text("低保名单村务公开", min_size=1, max_size=6)
HISTORIES = int(os.environ.get("HISTORIES", "0"))
VILLAGES = ("石门村", "向阳村")
BROKEN = "\ud800"  # half a pair: no engine and no database can write it


def village_of(key: str) -> str:
    return VILLAGES[int(key) % len(VILLAGES)]


class Unreliable:
    """Mixed into a real engine: it fails before or after it has written, or writes twice, when told to."""

    mood = ""

    def apply(self, operations: Sequence[Operation]) -> None:
        if self.mood == "before":
            raise EngineAway("no answer")
        super().apply(operations)  # type: ignore[misc]
        if self.mood == "twice":
            super().apply(operations)  # type: ignore[misc]
        if self.mood == "after":
            raise EngineAway("written, but the answer was lost")


class UnreliableEmbedded(Unreliable, EmbeddedEngine):
    pass


class UnreliableElastic(Unreliable, ElasticEngine):
    pass


class Folder:
    """An embedded index; every `open` is another process."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp())

    def open(self) -> UnreliableEmbedded:
        return UnreliableEmbedded(self.folder)

    def remove(self) -> None:
        shutil.rmtree(self.folder)


class Indices:
    """Indices of one's own on the real server."""

    def __init__(self) -> None:
        assert "ELASTICSEARCH_URL" in os.environ, "run the tests by `make test`: it starts the real Elasticsearch"
        self.prefix = f"test-{uuid.uuid4().hex[:12]}"

    def open(self) -> UnreliableElastic:
        return UnreliableElastic(os.environ["ELASTICSEARCH_URL"], self.prefix)

    def remove(self) -> None:
        engine = self.open()
        for name in engine._indices():
            engine.client.options(request_timeout=30).indices.delete(index=name)


class History(RuleBasedStateMachine):
    place: Callable[[], Folder | Indices] = Folder

    def __init__(self) -> None:
        super().__init__()
        self.home = self.place()
        self.engine = self.home.open()
        self.shelf = Shelf()
        self.towns = dict.fromkeys(VILLAGES, "甲镇")
        self.versions: dict[str, int] = {}

    @initialize()
    def begin(self) -> None:
        Entry.objects.all().delete()
        documents = self.shelf.documents
        registry.kinds["shelf"] = DocumentKind(
            "shelf", "书架", object, self.build, lambda: iter(sorted(documents)), lambda: len(documents), self.shelf.plain
        )

    def build(self, wanted: Sequence[str]) -> dict[str, Any]:
        """As disclosures do: the place is the unit's, read when the document is built."""
        found = self.shelf.build(wanted)
        return {key: replace(document, place=(self.towns[village_of(key)], village_of(key))) for key, document in found.items()}

    @rule(key=keys, title=titles)
    def publish(self, key: str, title: str) -> None:
        with transaction.atomic():
            self.shelf.put(key, title)
            touch("shelf", [key])

    @rule(key=keys)
    def withdraw(self, key: str) -> None:
        with transaction.atomic():
            self.shelf.documents.pop(key, None)
            touch("shelf", [key])

    @rule(some=st.lists(keys))
    def change_and_roll_back(self, some: list[str]) -> None:
        with transaction.atomic():
            touch("shelf", some)
            transaction.set_rollback(True)

    @rule(key=keys)
    def publish_something_that_cannot_be_written(self, key: str) -> None:
        self.shelf.put(key, BROKEN)
        touch("shelf", [key])

    @rule(village=st.sampled_from(VILLAGES), town=st.sampled_from(["甲镇", "乙乡", "丙镇"]))
    def a_village_moves_or_its_town_is_renamed(self, village: str, town: str) -> None:
        with transaction.atomic():
            self.towns[village] = town
            touch("shelf", [key for key in self.shelf.documents if village_of(key) == village])

    @rule(mood=st.sampled_from(["", "before", "after", "twice"]))
    def the_engine_changes_its_mood(self, mood: str) -> None:
        self.engine.mood = mood

    @rule(limit=st.integers(1, 4))
    def drain(self, limit: int) -> None:
        drain_once(self.engine, limit)

    @rule()
    def time_passes(self) -> None:
        Entry.objects.update(next_try_at=None)

    @rule(key=keys)
    def a_change_during_the_sending(self, key: str) -> None:
        """Whatever is being sent, it changes once more before the answer comes."""
        with self.meanwhile(lambda: self.publish(key, "又改了")):
            drain_once(self.engine, 3)

    @rule(key=keys, gone=st.booleans())
    def a_slow_worker_writes_after_a_quick_one(self, key: str, gone: bool) -> None:
        """It has read the rows and built the documents; meanwhile one changes and another worker sends it."""

        def overtaken() -> None:
            self.withdraw(key) if gone else self.publish(key, "先到")
            with contextlib.suppress(EngineAway):  # the embedded engine has one writer: the quick one must wait
                drain_all(self.home.open())

        with self.meanwhile(overtaken):
            drain_once(self.engine, 3)

    @rule()
    def rebuild(self) -> None:
        with contextlib.suppress(EngineAway):
            rebuild(self.engine)

    @rule(key=keys, gone=st.booleans())
    def changes_and_a_worker_in_the_middle_of_a_rebuild(self, key: str, gone: bool) -> None:
        def others_go_on() -> None:
            self.withdraw(key) if gone else self.publish(key, "重建当中")
            with contextlib.suppress(EngineAway):
                drain_all(self.home.open())

        with self.meanwhile(others_go_on), contextlib.suppress(EngineAway):
            rebuild(self.engine)

    @rule()
    def a_rebuild_dies(self) -> None:
        with contextlib.suppress(ZeroDivisionError, EngineAway), self.engine.rebuild():
            raise ZeroDivisionError

    @rule()
    def another_process_goes_on(self) -> None:
        mood, self.engine = self.engine.mood, self.home.open()
        self.engine.mood = mood

    @contextlib.contextmanager
    def meanwhile(self, act: Callable[[], None]) -> Any:
        """Once, after documents were built and before they are written."""
        waiting = [act]

        def build(wanted: Sequence[str]) -> dict[str, Any]:
            found = self.build(wanted)
            while waiting:
                waiting.pop()()
            return found

        with pytest.MonkeyPatch.context() as patched:
            patched.setitem(registry.kinds, "shelf", replace(registry.kinds["shelf"], build=build))
            yield

    @invariant()
    def versions_never_go_down(self) -> None:
        for key, version in Entry.objects.values_list("key", "version"):
            assert version >= self.versions.get(key, 0)
            self.versions[key] = version

    @invariant()
    def what_is_not_waiting_agrees(self) -> None:
        waiting = {f"shelf:{key}" for key in Entry.objects.filter(pending=True).values_list("key", flat=True)}
        found = self.differences()
        assert found - waiting == set()

    def differences(self) -> set[str]:
        hidden = {key: self.shelf.documents.pop(key) for key in [k for k, d in self.shelf.documents.items() if d.title == BROKEN]}
        found = compare(self.engine)
        self.shelf.documents.update(hidden)
        return {*found.missing, *found.ghosts, *found.stale} - {f"shelf:{key}" for key in hidden}

    def teardown(self) -> None:
        self.engine.mood = ""
        assert not Entry.objects.filter(parked_reason__contains="EngineAway").exists()
        Entry.objects.exclude(parked_reason="").update(parked_reason="", attempts=MOST_ATTEMPTS - 1)
        Entry.objects.update(next_try_at=None)
        drain_all(self.engine)
        broken = {key for key, document in self.shelf.documents.items() if document.title == BROKEN}
        self.tried_to_the_end(broken)
        assert set(Entry.objects.filter(pending=True).values_list("key", flat=True)) == broken
        assert all(Entry.objects.filter(key__in=broken).values_list("parked_reason", flat=True))
        assert self.differences() == set()
        self.mended(broken)
        self.home.remove()

    def tried_to_the_end(self, broken: set[str]) -> None:
        """Elasticsearch's documents are refused while they are built, which is tried a few times more."""
        for _ in range(MOST_ATTEMPTS * bool(broken)):
            Entry.objects.update(next_try_at=None)
            drain_all(self.engine)

    def mended(self, broken: set[str]) -> None:
        """Once the bad documents are put right, the sweep finds nothing left to do."""
        for key in broken:
            self.shelf.put(key, "改好了")
        repair(compare(self.engine))
        drain_all(self.engine)
        assert not compare(self.engine)
        assert not Entry.objects.filter(pending=True).exists()


class OnElasticsearch(History):
    place = Indices


def run(machine: type[History], monkeypatch: pytest.MonkeyPatch, histories: int) -> None:
    monkeypatch.setattr(analysis, "_dictionary", analysis._Dictionary())
    for name, value in vars(Registry()).items():
        monkeypatch.setattr(registry, name, value)
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=histories, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)),
    )


@pytest.mark.django_db
def test_index_equals_the_public_database_after_any_history(monkeypatch):
    run(History, monkeypatch, HISTORIES or 40)


@pytest.mark.django_db
@pytest.mark.elasticsearch
def test_elasticsearch_equals_the_public_database_after_any_history(monkeypatch):
    run(OnElasticsearch, monkeypatch, HISTORIES // 10 or 5)
