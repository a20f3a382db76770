import contextlib
import random
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from search import rebuild as rebuild_module
from search.engines.base import DocumentRejected, EngineAway
from search.models import Entry
from search.outbox import touch
from search.rebuild import RebuildFailed, compare, rebuild, repair
from search.worker import MOST_ATTEMPTS, drain_all, drain_once

pytestmark = pytest.mark.django_db


def indexed(engine) -> set[str]:
    return {uid.removeprefix("shelf:") for uid, _digest in engine.digests()}


def test_touching_writes_one_row_whose_version_grows():
    touch("shelf", ["1", "2"])
    touch("shelf", [1])
    assert dict(Entry.objects.values_list("key", "version")) == {"1": 2, "2": 1}


def rolled_back(act) -> None:
    """Do something in a transaction that fails."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def test_a_rolled_back_change_leaves_no_row():
    rolled_back(lambda: touch("shelf", ["1"]))
    assert not Entry.objects.exists()


def test_draining_brings_what_is_public_now_not_what_was(shelf, engine):
    shelf.put("1", "旧标题")
    touch("shelf", ["1"])
    shelf.put("1", "新标题")
    drain_all(engine)
    assert not compare(engine)
    assert not Entry.objects.filter(pending=True).exists()


def test_withdrawn_things_leave_the_index(shelf, engine):
    shelf.put("1")
    touch("shelf", ["1"])
    drain_all(engine)
    del shelf.documents["1"]
    touch("shelf", ["1"])
    assert drain_all(engine).gone == 1
    assert indexed(engine) == set()


def test_a_change_during_the_sending_stays_pending(shelf, engine, monkeypatch):
    shelf.put("1", "第一版")
    touch("shelf", ["1"])
    send = engine.apply

    def slow(operations):
        send(operations)
        shelf.put("1", "第二版")
        touch("shelf", ["1"])

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(engine, "apply", slow)
        drain_once(engine)
    assert Entry.objects.get().pending
    drain_all(engine)
    assert not compare(engine)


def change_kind(**columns) -> None:
    """Let the registered kind behave differently; the `shelf` fixture made this registry for one test."""
    kinds = rebuild_module.registry.kinds
    kinds["shelf"] = replace(kinds["shelf"], **columns)


def test_an_engine_that_is_away_loses_nothing(shelf, engine, monkeypatch):
    shelf.put("1")
    touch("shelf", ["1"])
    with monkeypatch.context() as away:
        away.setattr(engine, "apply", lambda _: (_ for _ in ()).throw(EngineAway("disk full")))
        assert drain_once(engine).failed == 1
    entry = Entry.objects.get()
    assert entry.pending
    assert entry.attempts == 1
    assert entry.next_try_at > timezone.now()
    Entry.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    assert drain_all(engine).sent == 1


def test_after_the_last_try_a_row_is_parked_with_its_reason_and_can_be_sent_again(shelf, engine, monkeypatch):
    shelf.put("1")
    touch("shelf", ["1"])
    with monkeypatch.context() as away:
        away.setattr(engine, "apply", lambda _: (_ for _ in ()).throw(EngineAway("disk full")))
        for _ in range(MOST_ATTEMPTS):
            Entry.objects.update(next_try_at=None)
            drain_once(engine)
    assert Entry.objects.get().parked_reason == "disk full"
    assert drain_once(engine).sent == 0
    touch("shelf", ["1"])
    assert drain_all(engine).sent == 1


def test_one_bad_document_does_not_hold_up_the_others(shelf, engine, monkeypatch):
    for key in "123":
        shelf.put(key, f"标题{key}")
    touch("shelf", "123")
    send = engine.apply

    def picky(operations):
        if any(operation.document.key == "2" for operation in operations):
            raise DocumentRejected("too odd")
        send(operations)

    monkeypatch.setattr(engine, "apply", picky)
    drained = drain_once(engine)
    assert (drained.sent, drained.parked) == (2, 1)
    assert indexed(engine) == {"1", "3"}
    assert Entry.objects.get(parked_reason="too odd").key == "2"


def test_a_second_writer_of_the_embedded_engine_is_told_to_wait(embedded, shelf):
    shelf.put("1")
    touch("shelf", ["1"])
    with embedded.writing(), pytest.raises(EngineAway):
        drain_once(type(embedded)(embedded.folder))
    assert drain_all(embedded).sent == 1


def test_a_rebuild_takes_in_what_changed_meanwhile(shelf, engine, monkeypatch):
    for number in range(50):
        shelf.put(str(number), f"标题{number}")
    touch("shelf", shelf.documents)
    drain_all(engine)
    build = shelf.build

    def busy(keys):
        built = build(keys)
        if len(keys) > 5 and "7" in shelf.documents:
            del shelf.documents["7"]
            shelf.put("8", "改过")
            shelf.put("99", "新的")
            touch("shelf", ["7", "8", "99"])
        return built

    change_kind(build=busy)
    rebuild(engine)
    assert not compare(engine)
    drain_all(engine)
    assert not compare(engine)


def test_a_rebuild_that_does_not_add_up_changes_nothing(shelf, engine, monkeypatch):
    shelf.put("1")
    touch("shelf", ["1"])
    drain_all(engine)
    change_kind(public_count=lambda: 5)
    with pytest.raises(RebuildFailed):
        rebuild(engine)
    assert indexed(engine) == {"1"}


def test_comparison_names_missing_ghosts_and_stale_and_repair_mends_them(shelf, engine):
    for key in ("stays", "ghost", "stale"):
        shelf.put(key, key)
    touch("shelf", shelf.documents)
    drain_all(engine)
    del shelf.documents["ghost"]
    shelf.put("stale", "geändert")
    shelf.put("missing", "neu")
    found = compare(engine)
    assert (found.missing, found.ghosts, found.stale) == ({"shelf:missing"}, {"shelf:ghost"}, {"shelf:stale"})
    repair(found)
    drain_all(engine)
    assert not compare(engine)


@pytest.mark.parametrize("seed", range(12))
def test_index_equals_public_database_after_any_history(shelf, engine, monkeypatch, seed):
    """Random edits, withdrawals, rollbacks, outages and rebuilds; when the outbox is empty the two agree."""
    chance = random.Random(seed)
    versions: dict[str, int] = {}
    send = type(engine).apply
    monkeypatch.setattr(
        type(engine),
        "apply",
        lambda self, operations: send(self, operations) if chance.random() > 0.2 else (_ for _ in ()).throw(EngineAway("x")),
    )
    for step in range(60):
        key, act = str(chance.randrange(8)), chance.random()
        if act < 0.5:
            shelf.put(key, f"标题{step}")
            touch("shelf", [key])
        elif act < 0.7:
            shelf.documents.pop(key, None)
            touch("shelf", [key])
        elif act < 0.8:
            before = dict(shelf.documents)
            shelf.put(key, "不算数")
            rolled_back(lambda key=key: touch("shelf", [key]))
            shelf.documents = before
        elif act < 0.95:
            Entry.objects.filter(parked_reason="").update(next_try_at=None)
            drain_once(engine, limit=3)
        else:
            with contextlib.suppress(EngineAway):
                rebuild(engine)
        for entry in Entry.objects.all():
            assert entry.version >= versions.get(entry.key, 0)
            versions[entry.key] = entry.version
    monkeypatch.setattr(type(engine), "apply", send)
    Entry.objects.update(next_try_at=None, parked_reason="")
    drain_all(engine)
    assert not Entry.objects.filter(pending=True).exists()
    assert not compare(engine)


@pytest.mark.django_db(transaction=True)
def test_the_drain_finds_new_things_within_two_seconds(shelf, embedded, monkeypatch):
    from search import drain

    monkeypatch.setattr(drain, "engine", lambda: embedded)
    monkeypatch.setattr(drain, "_started", threading.Lock())
    stop = threading.Event()
    run_once = drain._round
    monkeypatch.setattr(drain, "_round", lambda chosen: (_ for _ in ()).throw(SystemExit) if stop.is_set() else run_once(chosen))
    thread = drain.start_drain()
    assert drain.start_drain() is None
    try:
        shelf.put("1", "刚刚公开的")
        started = time.monotonic()
        touch("shelf", ["1"])
        while indexed(embedded) != {"1"}:
            assert time.monotonic() - started < 2
            time.sleep(0.02)
    finally:
        stop.set()
        thread.join(5)
