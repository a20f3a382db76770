"""A server that is killed, hung or full, workers that are killed, several at once and late: nothing is lost, and nobody waits."""

import random
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from openness.disclosures.models import Disclosure
from search.engines.base import EngineAway, Plan
from search.engines.elastic import ElasticEngine
from search.models import Entry
from search.rebuild import rebuild
from search.worker import MOST_ATTEMPTS, drain_all, drain_once

from .changes import Clerk
from .conftest import agrees, ask, environment_of_processes, found
from .server import ROOT

pytestmark = [pytest.mark.elasticsearch, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clerk(village, item, member):
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  (shown when the test fails)
    return Clerk(village, item, member("reviewer", village), seed)


@pytest.fixture
def threads():
    """Start threads with a database connection of their own; all have ended, without a fault, after the test."""
    started, faults = [], []

    def start(act) -> threading.Thread:
        def run() -> None:
            try:
                act()
            except BaseException as fault:
                faults.append(fault)
                raise
            finally:
                connection.close()

        started.append(threading.Thread(target=run))
        started[-1].start()
        return started[-1]

    yield start
    for thread in started:
        thread.join()
    assert faults == []


@pytest.fixture
def manage(settings):
    """`manage.py …` as a process; none is left afterwards."""
    started: list[subprocess.Popen] = []

    def start(*arguments: str) -> subprocess.Popen:
        command = [sys.executable, "manage.py", *arguments]
        started.append(subprocess.Popen(command, cwd=ROOT, env=environment_of_processes(settings.SEARCH_URL), stderr=subprocess.PIPE))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_until(reached, seconds: float = 60) -> None:
    began = time.monotonic()
    while not reached():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)


@pytest.mark.timeout(900)  # a machine that does other things boots the server slowly
def test_killed_at_random_while_a_thousand_changes_are_made(server, index, settle, worker, clerk, threads):
    """While it is away people publish, correct, withdraw, delete and rename as ever; two deaths, each in the middle of writing."""
    process = worker()
    first, second = sorted(clerk.chance.sample(range(100, 900), 2))
    back = None
    for number in range(1000):
        if number in {first, second}:
            if back:
                back.join()
            server.kill()
            back = threads(server.start)
        clerk.change()
    back.join()
    process.kill()
    assert sum(clerk.did.values()) == 1000
    assert set(clerk.did) == {"publish", "correct", "withdraw", "draft_and_delete", "hide_by_update", "rename"}
    settle()
    assert Disclosure.objects.public().count() == index.count() > 100
    for disclosure in Disclosure.objects.filter(pk__in=clerk.made).order_by("?")[:20]:
        assert (disclosure.title in found(disclosure.title)) == disclosure.live


@pytest.fixture
def no_engine_in_this_thread(gate, monkeypatch):
    """Whoever speaks to the engine from the test's own thread fails."""
    port, this = int(gate.url.rpartition(":")[2]), threading.current_thread()
    connect, send = socket.socket.connect, socket.socket.sendall

    def refuse(where) -> None:
        assert threading.current_thread() is not this or where[1:2] != (port,), "the engine was called in a request"

    monkeypatch.setattr(socket.socket, "connect", lambda line, where: (refuse(where), connect(line, where))[1])
    monkeypatch.setattr(socket.socket, "sendall", lambda line, *data: (refuse(line.getpeername()), send(line, *data))[1])


@pytest.fixture
def hung(server):
    server.hang()
    yield
    server.resume()


def test_no_request_that_writes_speaks_to_the_engine(index, hung, clerk, no_engine_in_this_thread):
    began = time.monotonic()
    for _ in range(60):
        clerk.change()
    assert time.monotonic() - began < 60 * 0.5
    assert Entry.objects.filter(pending=True).count() >= len(clerk.made)
    with pytest.raises(AssertionError, match="in a request"):
        index.search(Plan())  # the guard does guard


@pytest.fixture
def home(db):
    """The site that every page's frame belongs to: tests of real transactions begin with empty tables."""
    Locale.objects.get_or_create(language_code="zh-hans")
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", is_default_site=True, root_page=Page.add_root(instance=Page(title="首页", slug="home")))


def test_hung_server_the_page_answers_from_the_database_and_says_so(index, home, settle, shelf_of, client, server, worker):
    shelf_of(5)
    settle()
    assert "找到 5 条" in client.get("/search/?q=低保名单").content.decode()
    server.hang()
    try:
        worker()
        waits = []
        for _ in range(8):
            began = time.monotonic()
            page = client.get("/search/?q=低保名单").content.decode()
            waits.append(time.monotonic() - began)
            assert "暂时只能查标题" in page
            assert "第4号" in page
        Disclosure.objects.filter(title="低保名单第4号").update(title="低保名单更正")
    finally:
        server.resume()
    assert max(waits) < 3.5
    assert max(waits[3:]) < 0.5  # after three failures the breaker answers
    wait_until(lambda: not Entry.objects.filter(pending=True).exists())
    agrees(ElasticEngine(server.url, index.prefix))
    wait_until(lambda: not ask("q=低保名单更正").plain)
    assert "低保名单更正" in found("低保名单更正")


def test_workers_killed_at_random_and_two_at_once(index, settle, worker, clerk):
    team = [worker(), worker()]
    for number in range(160):
        clerk.change()
        if number % 50 == 49:
            one = clerk.chance.randrange(2)
            time.sleep(clerk.chance.random())
            team[one].kill()
            team[one] = worker()
    for one in team:
        one.kill()
    settle()
    assert index.count() == Disclosure.objects.public().count() > 20


def test_two_workers_go_on_by_themselves_until_all_is_sent(index, worker, clerk):
    worker()
    worker()
    for _ in range(60):
        clerk.change()
    wait_until(lambda: not Entry.objects.filter(pending=True).exists())
    agrees(index)


class Late(ElasticEngine):
    """A worker's engine that has everything ready and then stands still before it writes."""

    def hold(self) -> "Late":
        self.ready, self.go = threading.Event(), threading.Event()
        return self

    def apply(self, operations) -> None:
        self.ready.set()
        assert self.go.wait(30)
        super().apply(operations)


def test_batches_applied_in_the_wrong_order(index, shelf_of, threads):
    """Old batch: forty publications. New batch, written first: half of them withdrawn or deleted, others corrected."""
    rows = shelf_of(40)
    late = Late(index.url, index.prefix).hold()
    thread = threads(lambda: drain_once(late))
    assert late.ready.wait(30)
    Disclosure.objects.filter(pk__in=[row.pk for row in rows[:10]]).update(live=False)
    Disclosure.objects.filter(pk__in=[row.pk for row in rows[10:20]]).delete()
    Disclosure.objects.filter(pk__in=[row.pk for row in rows[20:30]]).update(title="低保名单更正")
    drain_all(index)
    late.go.set()
    thread.join()
    assert not Entry.objects.filter(pending=True).exists()
    agrees(index)
    assert found("低保名单") == {"低保名单更正", *(row.title for row in rows[30:])}


def test_rebuild_under_writes(index, settle, worker, manage, clerk, shelf_of, threads):
    """People change things all through a rebuild by another process; what nobody changed is found at every moment, once."""
    stays = 30
    shelf_of(stays, "渔业补贴")
    settle()
    before = index._behind(index.read)
    worker()
    ended = threading.Event()

    def write() -> None:
        while not ended.is_set():
            clerk.change()

    writer = threads(write)
    totals = []
    try:
        running = manage("search_rebuild")
        while running.poll() is None:
            results = ask("q=“渔业补贴”")
            totals.append(results.total if not results.plain else -1)
        assert running.returncode == 0, running.stderr.read().decode()
    finally:
        ended.set()
        writer.join()  # its last change is made before anything is compared
    assert index._behind(index.read) != before
    assert len(index._indices()) == 1
    assert len(totals) > 20
    assert set(totals) == {stays}
    wait_until(lambda: not Entry.objects.filter(pending=True).exists())
    agrees(index)
    assert sum(clerk.did.values()) > 10


def test_a_rebuild_that_is_killed_leaves_nothing_in_the_way(index, settle, shelf_of, manage):
    shelf_of(5)
    settle()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE disclosures_disclosure IN ACCESS EXCLUSIVE MODE")  # it stands still with an index half made
        running = manage("search_rebuild")
        wait_until(lambda: index._behind(index.building))
        running.kill()
        running.wait()
    Disclosure.objects.filter(title="低保名单第1号").update(live=False)
    settle()
    assert rebuild(index) == 4
    assert len(index._indices()) == 1
    settle()


def test_a_server_that_dies_during_a_rebuild_leaves_nothing_in_the_way(index, gate, settle, shelf_of, during_building):
    shelf_of(5)
    settle()
    during_building(gate.shut)
    with pytest.raises(EngineAway):
        rebuild(index)
    gate.open()
    wait_until(lambda: not ask("q=低保名单").plain)
    assert rebuild(index) == 5
    assert len(index._indices()) == 1
    settle()


def test_a_full_disk_parks_nothing(index, settle, shelf_of):
    """The block that the server sets on every index when its disk is full; it stays far longer than a document has tries."""
    shelf_of(3)
    settle()
    Disclosure.objects.filter(title="低保名单第0号").update(live=False)
    Disclosure.objects.filter(title="低保名单第1号").update(title="低保名单更正")
    block(index, True)
    for _ in range(MOST_ATTEMPTS * 3):
        Entry.objects.update(next_try_at=None)
        assert drain_once(index).failed == 2
    waiting = Entry.objects.filter(pending=True)
    assert {entry.parked_reason for entry in waiting} == {""}
    assert max(entry.next_try_at for entry in waiting) < timezone.now() + timedelta(minutes=1)
    assert found("低保名单") == {"低保名单第0号", "低保名单第1号", "低保名单第2号"}  # what can be read is still read
    block(index, None)
    settle()
    assert found("低保名单") == {"低保名单更正", "低保名单第2号"}


def block(index: ElasticEngine, value: bool | None) -> None:
    index.client.indices.put_settings(index=f"{index.prefix}-*", settings={"index.blocks.read_only_allow_delete": value})
