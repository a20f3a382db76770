"""Memory: of the process that writes, of the engine, of the index on disk."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from search.engines import Engine
from search.engines.elastic import ElasticEngine
from search.models import Entry
from search.outbox import touch

from .documents import KIND
from .engines import ENGINES, fill, new_engine, read_names
from .measuring import head, row
from .processes import ROOT, resident, size, worker

_SENT, _PATIENCE_SECONDS = 2000, 600
# A process with the index open, as the web process has it, after a search with facets.
_READER = """
import sys
from pathlib import Path
from search.engines.base import Plan
from search.engines.embedded import EmbeddedEngine
from tests.bench.processes import resident
before = resident()
engine = EmbeddedEngine(Path(sys.argv[1]))
for word in ("村民", "公布", "规定", "办理"):
    engine.search(Plan(words=(word,), limit=100))
print(resident() - before)
"""


def memory(number: int, engines: Sequence[str] = ENGINES) -> Iterator[str]:
    read_names()
    yield f"\nmemory: {number} documents; a worker that has sent {_SENT} rows of the outbox"
    yield head("engine", "worker, MiB", "engine, MiB", "index on disk, MiB")
    for name in engines:
        with new_engine(name) as engine:
            fill(engine, number)
            yield row(name, _worker(engine), *(_elastic(engine) if isinstance(engine, ElasticEngine) else _embedded(engine)))


def _worker(engine: Engine) -> int:
    """Resident memory of `search_worker` once nothing waits any more. What it sends are withdrawals: their documents are in no table."""
    touch(KIND, range(10**9, 10**9 + _SENT))
    url = f"embedded://{engine.folder}" if engine.needs_drain else f"{engine.url}/{engine.prefix}"
    with worker(url) as pid:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while Entry.objects.filter(pending=True).exists():
            if time.monotonic() > deadline:
                raise SystemExit("the worker has not sent what waits")
            time.sleep(0.5)
        return resident(pid)


def _embedded(engine: Engine) -> tuple[str, int]:
    answer = subprocess.run([sys.executable, "-c", _READER, str(engine.folder)], cwd=ROOT, check=True, capture_output=True, text=True)
    return f"{answer.stdout.strip()} more than without, mapped files included", size(Path(engine.folder))


def _elastic(engine: ElasticEngine) -> tuple[str, int]:
    client = engine.client.options(request_timeout=60)
    node = next(iter(client.nodes.stats(metric=["jvm", "process"])["nodes"].values()))
    pid = next(iter(client.nodes.info(metric="process")["nodes"].values()))["process"]["id"]
    heap = node["jvm"]["mem"]["heap_used_in_bytes"] // 2**20
    most = node["jvm"]["mem"]["heap_max_in_bytes"] // 2**20
    stored = client.indices.stats(index=engine.read, metric="store")["_all"]["primaries"]["store"]["size_in_bytes"] // 2**20
    return f"{resident(pid)} (heap used {heap} of {most})", stored
