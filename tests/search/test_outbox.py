import contextlib
import random
import shutil
import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from search.engines.base import DocumentRejected, EngineAway
from search.models import Entry
from search.outbox import touch
from search.rebuild import RebuildFailed, compare, rebuild, refill_if_lost, repair
from search.worker import BATCH, drain_all, drain_once

from .conftest import change_kind, indexed

pytestmark = pytest.mark.django_db


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
    assert Entry.objects.get(parked_reason__contains="too odd").key == "2"


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


def test_a_document_that_cannot_be_written_is_parked_alone(shelf, embedded):
    for key in map(str, range(9)):
        shelf.put(key, "half a pair: \ud800" if key == "4" else f"标题{key}")
    touch("shelf", shelf.documents)
    drained = drain_all(embedded)
    assert (drained.sent, drained.parked) == (8, 1)
    parked = Entry.objects.get(pending=True)
    assert (parked.key, "surrogates" in parked.parked_reason) == ("4", True)


def test_a_document_that_cannot_be_built_is_tried_again_and_the_others_go_through(shelf, engine):
    for key in "123":
        shelf.put(key)
    build = shelf.build

    def broken(keys):
        if "2" in keys:
            raise KeyError("no such block")
        return build(keys)

    change_kind(build=broken)
    touch("shelf", "123")
    drained = drain_all(engine)
    assert (drained.sent, drained.failed, drained.parked) == (2, 1, 0)
    change_kind(build=build)
    Entry.objects.update(next_try_at=None)
    assert drain_all(engine).sent == 1
    assert not compare(engine)


def test_a_rebuild_leaves_out_what_cannot_be_written_and_says_so_in_the_outbox(shelf, embedded):
    shelf.put("1")
    shelf.put("2", "\ud800")
    assert rebuild(embedded) == 1
    assert indexed(embedded) == {"1"}
    drain_all(embedded)
    assert Entry.objects.get(pending=True).key == "2"


def test_a_change_drained_into_the_old_index_during_a_rebuild_reaches_the_new_one(shelf, embedded):
    """Its transaction began before the rebuild and ended during it: the time of the touch says nothing."""
    shelf.put("1", "旧")
    touch("shelf", ["1"])
    drain_all(embedded)
    build, before = shelf.build, timezone.now() - timedelta(hours=1)

    def late(keys):
        found = build(keys)
        if shelf.documents["1"].title == "旧":
            shelf.put("1", "新")
            touch("shelf", ["1"])
            Entry.objects.update(queued_at=before)
            drain_all(type(embedded)(embedded.folder))
        return found

    change_kind(build=late)
    rebuild(embedded)
    assert not Entry.objects.filter(pending=True).exists()
    assert not compare(embedded)


def test_nobody_writes_between_the_check_and_the_swap(shelf, embedded, monkeypatch):
    shelf.put("1")
    take_over = type(embedded).take_over

    def watched(self):
        with pytest.raises(EngineAway), type(self)(self.folder).writing():
            raise AssertionError("a second writer got in")
        take_over(self)

    monkeypatch.setattr(type(embedded), "take_over", watched)
    assert rebuild(embedded) == 1


def test_two_rebuilds_at_once_are_refused(shelf, embedded):
    with embedded.rebuild(), pytest.raises(EngineAway), type(embedded)(embedded.folder).rebuild():
        raise AssertionError("a second rebuild began")


def test_a_rebuild_waits_for_whoever_writes(shelf, embedded):
    shelf.put("1")
    other = type(embedded)(embedded.folder)
    begun, end = threading.Event(), threading.Event()

    def write():
        with other.writing():
            begun.set()
            end.wait(5)

    thread = threading.Thread(target=write)
    thread.start()
    begun.wait(5)
    threading.Timer(0.3, end.set).start()
    assert rebuild(embedded) == 1
    thread.join()


def test_readers_in_other_processes_follow_a_swap(shelf, embedded):
    reader = type(embedded)(embedded.folder)
    shelf.put("1")
    rebuild(embedded)
    assert indexed(reader) == {"1"}
    shelf.put("2")
    rebuild(embedded)
    assert indexed(reader) == {"1", "2"}


def test_a_broken_index_is_replaced_by_a_rebuild(shelf, embedded):
    shelf.put("1")
    touch("shelf", ["1"])
    drain_all(embedded)
    (embedded.folder / "v1" / "meta.json").write_text("{", encoding="utf-8")
    again = type(embedded)(embedded.folder)
    with pytest.raises(EngineAway):
        again.count()
    assert rebuild(again) == 1
    assert indexed(again) == {"1"}


def test_a_lost_index_is_filled_again(shelf, embedded):
    shelf.put("1")
    touch("shelf", ["1"])
    drain_all(embedded)
    assert refill_if_lost(embedded) == 0
    shutil.rmtree(embedded.folder)
    restarted = type(embedded)(embedded.folder)
    assert refill_if_lost(restarted) == 1
    drain_all(restarted)
    assert not compare(restarted)


def test_a_full_batch_is_marked_done(shelf, engine):
    for number in range(BATCH + 20):
        shelf.put(str(number))
    touch("shelf", shelf.documents)
    assert drain_all(engine).sent == BATCH + 20
    assert not Entry.objects.filter(pending=True).exists()


def test_a_folder_that_cannot_be_written_is_an_engine_that_is_away(shelf, embedded):
    shelf.put("1")
    touch("shelf", ["1"])
    embedded.folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(EngineAway):
        drain_once(embedded)
    assert Entry.objects.get().pending


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
