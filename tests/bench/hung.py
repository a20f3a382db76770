"""Publishing while Elasticsearch hangs, beside publishing while it is well: one run, turn by turn. Nobody who publishes may wait for it."""

import itertools
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from time import perf_counter

from django.contrib.auth import get_user_model

from catalog.models import Item
from openness.demo.services import DATA, import_demo_catalogue
from openness.disclosures.models import Disclosure
from openness.units.models import Unit
from openness.units.services.import_divisions import import_divisions, read_divisions
from tests.faults.server import ROOT, Server, own_server

_numbers = itertools.count(1)
_TURNS, _A_TURN = 12, 10


def benchmarks() -> Iterator[str]:
    """Two lines of the table; the second ends in the ratio, which is to stay below 1.1."""
    _county()
    with own_server() as server:
        well, hung = measure(server)
    yield f"{'publish, Elasticsearch well (median)':<58} {well * 1000:>9.2f} ms"
    yield f"{'publish, Elasticsearch hung (median)':<58} {hung * 1000:>9.2f} ms  {hung / well:.2f}x"


def measure(server: Server) -> tuple[float, float]:
    """Medians in seconds of one publication, well and hung. A worker goes on beside it, as in production."""
    seconds: dict[bool, list[float]] = {False: [], True: []}
    with _worker(f"{server.url}/bench-hung"):
        for turn in range(2 * _TURNS):
            hangs = bool(turn % 2)
            if hangs:
                server.hang()
            try:
                seconds[hangs] += [_timed(publication()[0]) for _ in range(_A_TURN)]
            finally:
                if hangs:
                    server.resume()
    return statistics.median(seconds[False]), statistics.median(seconds[True])


@contextmanager
def _worker(url: str) -> Iterator[None]:
    """`manage.py search_worker` as a process, until the end."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "search_worker"],
        cwd=ROOT,
        env={**os.environ, "SEARCH_URL": url},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _county() -> None:
    if not Unit.objects.exists():
        import_divisions(read_divisions(DATA / "divisions.csv"))
        import_demo_catalogue()


def publication() -> tuple[Callable[[], None], str]:
    """The act, and the title that it makes public."""
    unit = Unit.objects.filter(level=5, kind="village").first()
    item = Item.objects.filter(at_village=True).first()
    reviewer = get_user_model().objects.filter(is_superuser=True).first() or get_user_model().objects.create_superuser("bench")
    title = f"公开的第 {next(_numbers)} 件"
    draft = Disclosure(unit=unit, item=item, title=title, formed_on=date(2026, 1, 5), live=False, body=[("text", "<p>两户。</p>")])
    draft.save()
    revision = draft.save_revision()
    return lambda: revision.publish(user=reviewer), title


def _timed(act: Callable[[], None]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
