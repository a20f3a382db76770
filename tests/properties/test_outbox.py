"""Index = public database after any history of edits, withdrawals, rollbacks, outages, repairs and rebuilds."""

import contextlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from search import analysis
from search.engines.base import EngineAway, Operation
from search.engines.embedded import EmbeddedEngine
from search.models import Entry
from search.outbox import touch
from search.rebuild import compare, rebuild, repair
from search.registry import DocumentKind, Registry, registry
from search.worker import drain_all, drain_once
from tests.search.conftest import Shelf

keys = st.sampled_from([str(number) for number in range(6)])
titles = st.text("低保名单村务公开", min_size=1, max_size=6)
BROKEN = "\ud800"  # half a pair: no engine and no database can write it


class Unreliable(EmbeddedEngine):
    """The real engine, which fails before or after it has written, when told to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.fail = ""

    def apply(self, operations: Sequence[Operation]) -> None:
        if self.fail == "before":
            raise EngineAway("no answer")
        super().apply(operations)
        if self.fail == "after":
            raise EngineAway("written, but the answer was lost")


class History(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.engine = Unreliable(self.folder)
        self.shelf = Shelf()
        self.versions: dict[str, int] = {}

    @initialize()
    def begin(self) -> None:
        Entry.objects.all().delete()
        build, documents = self.shelf.build, self.shelf.documents
        registry.kinds["shelf"] = DocumentKind(
            "shelf", "书架", object, build, lambda: iter(sorted(documents)), lambda: len(documents), self.shelf.plain
        )

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

    @rule(how=st.sampled_from(["", "before", "after"]))
    def the_engine_changes_its_mood(self, how: str) -> None:
        self.engine.fail = how

    @rule(limit=st.integers(1, 4))
    def drain(self, limit: int) -> None:
        drain_once(self.engine, limit)

    @rule()
    def time_passes(self) -> None:
        Entry.objects.update(next_try_at=None)

    @rule(key=keys)
    def a_change_during_the_sending(self, key: str) -> None:
        """Whatever is being sent, it changes once more before the answer comes."""
        built = self.shelf.build

        def build(wanted: Sequence[str]) -> dict[str, Any]:
            found = built(wanted)
            self.shelf.put(key, "又改了")
            touch("shelf", [key])
            return found

        with pytest.MonkeyPatch.context() as meanwhile:
            kind = registry.kinds["shelf"]
            meanwhile.setitem(registry.kinds, "shelf", DocumentKind(**{**vars(kind), "build": build}))
            drain_once(self.engine, 3)

    @rule()
    def rebuild(self) -> None:
        with contextlib.suppress(EngineAway):
            rebuild(self.engine)

    @rule()
    def the_folder_is_opened_by_another_process(self) -> None:
        fail, self.engine = self.engine.fail, Unreliable(self.folder)
        self.engine.fail = fail

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
        self.engine.fail = ""
        Entry.objects.filter(parked_reason__contains="EngineAway").update(parked_reason="")
        touch("shelf", list(Entry.objects.exclude(parked_reason="").values_list("key", flat=True)))
        Entry.objects.update(next_try_at=None)
        drain_all(self.engine)
        broken = {key for key, document in self.shelf.documents.items() if document.title == BROKEN}
        assert set(Entry.objects.filter(pending=True).values_list("key", flat=True)) == broken
        assert all(Entry.objects.filter(key__in=broken).values_list("parked_reason", flat=True))
        assert self.differences() == set()
        self.mended(broken)
        shutil.rmtree(self.folder)

    def mended(self, broken: set[str]) -> None:
        """Once the bad documents are put right, the sweep finds nothing left to do."""
        for key in broken:
            self.shelf.put(key, "改好了")
        repair(compare(self.engine))
        drain_all(self.engine)
        assert not compare(self.engine)
        assert not Entry.objects.filter(pending=True).exists()


@pytest.mark.django_db
def test_index_equals_the_public_database_after_any_history(monkeypatch):
    monkeypatch.setattr(analysis, "_dictionary", analysis._Dictionary())
    for name, value in vars(Registry()).items():
        monkeypatch.setattr(registry, name, value)
    run_state_machine_as_test(
        History,
        settings=settings(max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)),
    )
