"""What is tried again, how soon, and what is parked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.engines.base import EngineAway
from search.models import Entry
from search.outbox import touch
from search.worker import MOST_ATTEMPTS, drain_all, drain_once

from .conftest import change_kind

pytestmark = pytest.mark.django_db


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


def test_however_long_the_engine_is_away_nothing_is_parked_and_half_a_minute_is_the_longest_wait(shelf, engine, monkeypatch):
    shelf.put("1")
    touch("shelf", ["1"])
    with monkeypatch.context() as away:
        away.setattr(engine, "apply", lambda _: (_ for _ in ()).throw(EngineAway("disk full")))
        for _ in range(MOST_ATTEMPTS * 5):
            Entry.objects.update(next_try_at=None)
            assert drain_once(engine).failed == 1
    entry = Entry.objects.get()
    assert entry.parked_reason == ""
    assert entry.next_try_at < timezone.now() + timedelta(seconds=30)
    Entry.objects.update(next_try_at=None)
    assert drain_all(engine).sent == 1


def test_after_the_last_try_a_row_is_parked_with_its_reason_and_can_be_sent_again(shelf, engine):
    """A document that cannot be built; that the engine was away before takes at most some of its tries."""
    shelf.put("1")
    build = shelf.build
    change_kind(build=lambda keys: (_ for _ in ()).throw(KeyError("no such block")))
    touch("shelf", ["1"])
    for _ in range(MOST_ATTEMPTS):
        Entry.objects.update(next_try_at=None)
        drain_once(engine)
    assert "no such block" in Entry.objects.get().parked_reason
    assert drain_once(engine).sent == 0
    change_kind(build=build)
    touch("shelf", ["1"])
    assert drain_all(engine).sent == 1


def test_an_outage_leaves_a_document_tries_of_its_own(shelf, engine, monkeypatch):
    shelf.put("1")
    touch("shelf", ["1"])
    with monkeypatch.context() as away:
        away.setattr(engine, "apply", lambda _: (_ for _ in ()).throw(EngineAway("disk full")))
        for _ in range(MOST_ATTEMPTS * 5):
            Entry.objects.update(next_try_at=None)
            drain_once(engine)
    change_kind(build=lambda keys: (_ for _ in ()).throw(KeyError("no such block")))
    Entry.objects.update(next_try_at=None)
    drained = drain_once(engine)
    assert (drained.failed, drained.parked) == (1, 0)
