"""From publishing to being found: the real publication, the index kept as in production, a search until it finds it."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from random import Random

from django.contrib.auth import get_user_model
from django.db import connection
from django.http import QueryDict
from django.test.utils import override_settings

from catalog.models import Item
from catalog.reading import read_catalogue
from catalog.services.confirm import About, confirm_import
from catalog.services.preview import preview
from openness.disclosures.models import Disclosure
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.services.import_divisions import import_divisions, read_divisions
from search.drain import start_drain
from search.engines import Engine, engine
from search.query import parse
from search.service import search

from .bulk import DEMO as CATALOGUE
from .documents import DATA, document
from .engines import ENGINES, fill, new_engine
from .measuring import Times, head, measured, row
from .processes import worker

_BEFORE = 5000  # documents that are in the index already
_COUNTY = "220204"
_POLL_SECONDS, _LONGEST_SECONDS = 0.01, 30.0


def found(number: int, engines: Sequence[str] = ENGINES) -> Iterator[str]:
    item, villages = _county()
    yield f"\npublish to found: {number} publications one after the other, {_BEFORE} documents in the index, {connection.vendor}"
    yield head("engine", "kept up to date by", "p50 ms", "p95 ms", "p99 ms", "longest ms", "publishing alone, p50 ms")
    for name in engines:
        with new_engine(name) as filled:
            fill(filled, _BEFORE)
            with _kept(filled) as (chosen, keeper):
                until_found, alone = _publish_all(chosen, item, villages, number)
        times = (f"{until_found.at(50):.0f}", f"{until_found.at(95):.0f}", f"{until_found.at(99):.0f}", f"{until_found.at(100):.0f}")
        yield row(name, keeper, *times, f"{alone.at(50):.0f}")


@contextmanager
def _kept(filled: Engine) -> Iterator[tuple[Engine, str]]:
    """The engine as `make run` or a production site keeps it: by a thread of the web process, or by a worker of its own."""
    url = _url(filled)
    with override_settings(SEARCH_URL=url):
        if not filled.needs_drain:
            with worker(url):
                yield engine(), "`search_worker`, a process"
            return
        stop = threading.Event()
        thread = start_drain(stop)
        assert thread is not None
        try:
            yield engine(), "the drain's thread"
        finally:
            stop.set()
            thread.join()


def _url(filled) -> str:
    return f"embedded://{filled.folder}" if filled.needs_drain else f"{filled.url}/{filled.prefix}"


def _publish_all(chosen: Engine, item: Item, villages: Sequence[Unit], number: int) -> tuple[Times, Times]:
    """Seconds from the call of publishing to a search that finds it. Pauses of any length, so that no round of the worker is favoured."""
    random, until_found, alone = Random(5), Times(), Times()
    root = get_user_model().objects.create_superuser(f"bench-{Random().getrandbits(32)}")  # past the committee's signature
    for n in range(number + 1):
        time.sleep(random.uniform(0, 1))
        draft = _draft(random.choice(villages), item, n)
        start = time.perf_counter()
        publishing = measured(lambda draft=draft: draft.save_revision().publish(user=root))  # type: ignore[misc]
        _wait(chosen, draft.pk, draft.title, start)
        if n:  # the first one loads names and code
            alone.seconds.append(publishing)
            until_found.seconds.append(time.perf_counter() - start)
    return until_found, alone


def _wait(chosen: Engine, key: int, title: str, start: float) -> None:
    query = QueryDict(mutable=True)
    query["q"] = title
    while not any(hit.document.key == str(key) for hit in search(parse(query), by=chosen).hits):
        if time.perf_counter() - start > _LONGEST_SECONDS:
            raise SystemExit(f"not found after {_LONGEST_SECONDS} seconds: {title}")
        time.sleep(_POLL_SECONDS)


def _draft(village: Unit, item: Item, number: int) -> Disclosure:
    text = document(number)
    body = [{"type": "text", "id": f"{number:032x}", "value": f"<p>{text.body}</p>"}]
    draft = Disclosure(unit=village, item=item, title=f"{text.title[:60]}测{number}号", formed_on=date(2026, 1, 5), body=body, live=False)
    draft.save()
    return draft


def _county() -> tuple[Item, list[Unit]]:
    """Real units, and the demo's catalogue to publish under."""
    if not Unit.objects.exists():
        import_divisions(read_divisions(DATA / "divisions" / "jilin.csv"))
    shown = preview(read_catalogue(CATALOGUE), _COUNTY, "found", date(2026, 1, 1))
    confirm_import(shown, About(_COUNTY, "found", "目录", "x", date(2026, 1, 1)))
    item = Item.objects.filter(field__standard__series="found", at_village=True).select_related("field__standard")[0]
    return item, list(Unit.objects.filter(level=Level.VILLAGE, code__startswith=_COUNTY))
