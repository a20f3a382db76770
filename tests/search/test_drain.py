"""The thread of the web process, and two of them at once."""

import threading
import time

import pytest
from django.db import OperationalError

from search import drain
from search.models import Entry
from search.outbox import touch
from search.rebuild import compare

from .conftest import indexed


@pytest.fixture
def drains(monkeypatch):
    """Start drains on engines; all of them have ended after the test."""
    stop, threads = threading.Event(), []

    def start(engine):
        monkeypatch.setattr(drain, "engine", lambda: engine)
        monkeypatch.setattr(drain, "_started", threading.Lock())
        threads.append(drain.start_drain(stop))

    yield start
    stop.set()
    for thread in threads:
        thread.join(10)


def patiently(act):
    """SQLite in memory, as tests use it, refuses a table that another thread writes instead of waiting as a file does."""
    while True:
        try:
            return act()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.01)


def wait_until(reached, seconds: float) -> None:
    started = time.monotonic()
    while not patiently(reached):
        assert time.monotonic() - started < seconds
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_the_drain_finds_new_things_within_two_seconds(shelf, embedded, drains):
    drains(embedded)
    assert drain.start_drain() is None
    shelf.put("1", "刚刚公开的")
    patiently(lambda: touch("shelf", ["1"]))
    wait_until(lambda: indexed(embedded) == {"1"}, 2)


@pytest.mark.django_db(transaction=True)
def test_two_drains_at_once_lose_nothing(shelf, embedded, drains, monkeypatch):
    monkeypatch.setattr(drain, "_PAUSE_SECONDS", 0.05)
    drains(embedded)
    drains(type(embedded)(embedded.folder))
    for number in range(40):
        shelf.put(str(number % 15), f"标题{number}")
        patiently(lambda number=number: touch("shelf", [number % 15]))
        time.sleep(0.01)
    wait_until(lambda: not Entry.objects.filter(pending=True).exists(), 20)
    assert not patiently(lambda: compare(embedded))


@pytest.mark.django_db(transaction=True)
def test_the_drain_survives_a_fault(shelf, embedded, drains, monkeypatch):
    monkeypatch.setattr(drain, "_PAUSE_SECONDS", 0.05)
    once, faults = drain.drain_once, [OperationalError("gone"), OSError("disk full"), ValueError("odd")]
    monkeypatch.setattr(drain, "drain_once", lambda chosen: (_ for _ in ()).throw(faults.pop()) if faults else once(chosen))
    drains(embedded)
    shelf.put("1")
    patiently(lambda: touch("shelf", ["1"]))
    wait_until(lambda: indexed(embedded) == {"1"}, 5)
    assert faults == []
