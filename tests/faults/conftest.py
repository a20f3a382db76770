"""Faults need servers of their own: one Elasticsearch for all of them, and PostgreSQL, because several processes take part."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote, urlsplit, urlunsplit

import pytest
from django.conf import settings as site
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from openness.disclosures.models import Disclosure
from search.engines import engine as engine_of_settings
from search.engines.elastic import ElasticEngine
from search.models import Entry
from search.query import parse
from search.rebuild import compare
from search.registry import registry
from search.service import Results, search
from search.worker import drain_all

from .gate import Gate
from .server import ROOT, Server, own_server


@pytest.fixture(scope="session", autouse=True)
def several_processes_share_the_database() -> None:
    assert connection.vendor == "postgresql", "run these by `make test-faults`: worker processes need a database that they can share"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with own_server() as running:
        yield running


@pytest.fixture
def gate(server: Server) -> Iterator[Gate]:
    made = Gate(server.url)
    yield made
    made.shut()


@pytest.fixture
def index(server: Server, gate: Gate, settings) -> Iterator[ElasticEngine]:
    """The site's engine, behind the gate, with indices of its own."""
    settings.SEARCH_URL = f"{gate.url}/faults-{uuid.uuid4().hex[:8]}"
    engine = engine_of_settings()
    yield engine
    client = ElasticEngine(server.url, engine.prefix).client.options(request_timeout=30)
    for name in client.indices.get(index=f"{engine.prefix}-*"):
        client.indices.delete(index=name)


@pytest.fixture
def settle(index: ElasticEngine) -> Callable[[], None]:
    """Send what is waiting, without waiting for the next try; then index and database agree."""

    def act() -> None:
        Entry.objects.update(next_try_at=None)
        drain_all(index)
        assert list(Entry.objects.filter(pending=True)) == []
        agrees(index)

    return act


def agrees(engine: ElasticEngine) -> None:
    found = compare(engine)
    assert (found.missing, found.ghosts, found.stale) == (set(), set(), set())


def ask(query: str) -> Results:
    return search(parse(QueryDict(query)))


def found(query: str) -> set[str]:
    """Titles that residents find, by the engine and not by the database."""
    results = ask(f"q={quote(query)}" if "=" not in query else query)
    assert not results.plain
    return {hit.document.title for hit in results.hits}


def environment_of_processes(search_url: str) -> dict[str, str]:
    """For `manage.py` in a process: the test's database and index."""
    there = urlsplit(os.environ["DATABASE_URL"])
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(there._replace(path=f"/{connection.settings_dict['NAME']}")),
        "SEARCH_URL": search_url,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "VAR_DIR": str(site.VAR_DIR),
    }


class Worker:
    """`manage.py search_worker` as a process."""

    def __init__(self, url: str) -> None:
        command = [sys.executable, "manage.py", "search_worker"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment_of_processes(url), stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def worker(index: ElasticEngine, settings) -> Iterator[Callable[..., Worker]]:
    """Start worker processes on the test's database and index; none is left afterwards."""
    started: list[Worker] = []

    def start() -> Worker:
        started.append(Worker(settings.SEARCH_URL))
        return started[-1]

    yield start
    for one in started:
        one.kill()


@pytest.fixture
def shelf_of(village, item) -> Callable[..., list[Disclosure]]:
    """Many public disclosures at once: titles with a word in common and a number."""

    def make(number: int, word: str = "低保名单", **columns) -> list[Disclosure]:
        rows = [
            Disclosure(
                **{"unit": village, "item": item, "title": f"{word}第{n}号", "live": True, "formed_on": date(2026, 1, 5), **columns},
                body=[("text", f"<p>{word}，共 {n} 户。</p>")],
            )
            for n in range(number)
        ]
        for n, row in enumerate(rows):
            row.town_id, row.county_id = village.get_parent().pk, village.get_parent().get_parent().pk
            row.first_published_at = row.last_published_at = timezone.now() - timedelta(minutes=n)
        return Disclosure.objects.bulk_create(rows)

    return make


@pytest.fixture
def during_building(monkeypatch):
    """Once, when documents have been read from the database and not yet been written, something happens."""

    def arrange(act: Callable[[], object]) -> None:
        kind, waiting = registry.kinds["disclosure"], [act]

        def build(keys):
            built = kind.build(keys)
            while waiting:
                waiting.pop()()
            return built

        monkeypatch.setitem(registry.kinds, "disclosure", replace(kind, build=build))

    return arrange
