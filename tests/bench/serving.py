"""Requests a second of public pages: made each time, kept, and beside a plain Wagtail page and nginx with a static copy, all in one run.

Then 200 readers while somebody publishes every second: how long they wait, and whether anybody was shown less than had been published.
Asks for Debian's `wrk` and `nginx-light`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote
from urllib.request import urlopen

from django.core.management import call_command

from openness.disclosures.models import Disclosure
from openness.units.models import Unit
from tests.browser.conftest import ROOT, free_port, site_on, wait_for

from .hung import publication
from .measuring import head, row

_SECONDS, _READERS, _ROUNDS = 5, 200, 3
_LUA = """
local pages = {%s}
local at = 0
request = function() at = at %% #pages + 1; return wrk.format("GET", pages[at]) end
done = function(summary, latency, requests) io.write(string.format("p95 %%.1f\\n", latency:percentile(95) / 1000)) end
"""


@dataclass(frozen=True)
class Speed:
    """Requests a second, and what one of them costs the server's processes, in milliseconds of processor."""

    rate: float
    cpu: float


def serving() -> Iterator[str]:
    _tools()
    call_command("seed_demo", if_empty=True, verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    pages = _pages()
    yield head(
        "page",
        "made each time, a second",
        "ms of processor",
        "kept, a second",
        "ms of processor",
        "beside the plain Wagtail page",
        "beside nginx",
    )
    yield from _table(pages)
    yield head(
        "readers",
        "publications",
        "requests a second",
        "p95 ms",
        "answers that were not 200",
        "readings older than a publication that had returned",
    )
    with _server() as (address, _pid):
        yield _while_publishing(address, pages)


def _tools() -> None:
    if missing := [tool for tool in ("wrk", "nginx") if not shutil.which(tool)]:
        sys.exit(f"serving needs {' and '.join(missing)}: apt-get install wrk nginx-light")


def _pages() -> dict[str, str]:
    unit = Unit.objects.filter(level=5, disclosures__live=True).distinct().first()
    disclosure = Disclosure.objects.public().filter(unit=unit).first()
    assert unit is not None
    assert disclosure is not None
    return {
        "plain Wagtail page": "/help/",  # a `TextPage`: found, served and drawn by Wagtail, one rich text in the frame of every page
        "home": "/",
        "unit": unit.get_absolute_url(),
        "disclosure": disclosure.get_absolute_url(),
        "search": f"/search/?q={quote('低保')}",
    }


def _table(pages: dict[str, str]) -> Iterator[str]:
    """Each number is the median of three rounds, each server started anew for each."""
    rounds = [_round(pages) for _number in range(_ROUNDS)]
    made, kept = ({name: _median(one[part][name] for one in rounds) for name in pages} for part in ("made", "kept"))
    static = _median(one["nginx"][""] for one in rounds)
    plain = made["plain Wagtail page"]
    for name in pages:
        yield row(
            name,
            f"{made[name].rate:.0f} ({made[name].rate / plain.rate:.1f}×)",
            f"{made[name].cpu:.1f}",
            f"{kept[name].rate:.0f}",
            f"{kept[name].cpu:.2f}",
            f"{kept[name].rate / plain.rate:.0f}×",
            f"{kept[name].rate / static.rate:.0%}",
        )
    yield row("nginx, a static copy of home", "", "", f"{static.rate:.0f}", f"{static.cpu:.2f}", f"{static.rate / plain.rate:.0f}×", "100%")


def _round(pages: dict[str, str]) -> dict[str, dict[str, Speed]]:
    with _server(PAGE_CACHE_MEGABYTES="0") as (address, pid):  # each page is made, as after each publication, and none is stored
        made = {name: _rate(address, path, pid) for name, path in pages.items()}
    with _server() as (address, pid):
        kept = {name: _rate(address, path, pid) for name, path in pages.items()}
        copy = urlopen(f"{address}/").read()
    with _nginx(copy) as (address, pid):
        return {"made": made, "kept": kept, "nginx": {"": _rate(address, "/", pid)}}


def _median(speeds: Iterable[Speed]) -> Speed:
    found = list(speeds)
    return Speed(median(one.rate for one in found), median(one.cpu for one in found))


def _rate(address: str, path: str, pid: int) -> Speed:
    """All requests answered with 200. Asked once before, so that what is kept is kept."""
    urlopen(address + path).read()
    before = _cpu(pid)
    said = _wrk(address, [path], _SECONDS, 16)
    spent = _cpu(pid) - before
    assert "Non-2xx" not in said, said
    return Speed(float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0]), spent * 1000 / int(re.findall(r"(\d+) requests in", said)[0]))


def _cpu(pid: int) -> float:
    """Seconds of processor that this process and its children have used."""
    family = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    fields = [Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split() for one in family]
    return sum(int(used[11]) + int(used[12]) for used in fields) / os.sysconf("SC_CLK_TCK")


def _wrk(address: str, paths: Sequence[str], seconds: int, readers: int) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA % ", ".join(f'"{path}"' for path in paths))
        script.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{readers}",
            f"-d{seconds}s",
            "--timeout",
            "30s",
            "-H",
            "Accept-Encoding: gzip",
            "-s",
            script.name,
            address,
        ]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@contextmanager
def _server(**environment: str) -> Iterator[tuple[str, int]]:
    """The site as `make run` serves it."""
    port = free_port()
    path = {"PYTHONPATH": "site:."}
    process = subprocess.Popen(site_on(port), cwd=ROOT, env={**os.environ, **path, **environment}, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def _nginx(page: bytes) -> Iterator[tuple[str, int]]:
    """One process that serves a gzipped file, as ours sends one."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "index.html").write_bytes(page)
        subprocess.run(["gzip", "-k", f"{folder}/index.html"], check=True)
        Path(folder, "nginx.conf").write_text(
            f"daemon off; user root; worker_processes 1; pid {folder}/pid; error_log stderr crit; events {{ worker_connections 1024; }}"
            f" http {{ access_log off; gzip_static on; server {{ listen 127.0.0.1:{port}; root {folder};"
            f" location = /healthz {{ return 200 ok; }} }} }}"
        )
        process = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf"], stderr=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()
            process.wait(20)


def _while_publishing(address: str, pages: dict[str, str], seconds: int = 30) -> str:
    """A publication every second, beside readers; after each has returned, its page and its unit's have to show it at once."""
    said: list[str] = []
    paths = [pages[name] for name in ("home", "unit", "disclosure")]
    readers = threading.Thread(target=lambda: said.append(_wrk(address, paths, seconds, _READERS)))
    readers.start()
    published, old, end = 0, 0, time.monotonic() + seconds - 2
    while time.monotonic() < end:
        publish, title = publication()
        publish()
        published += 1
        old += sum(title not in urlopen(address + path).read().decode() for path in ("/", _unit_of(title)))
        time.sleep(1)
    readers.join()
    failed = re.findall(r"Non-2xx or 3xx responses: (\d+)", said[0])
    rate, late = re.findall(r"Requests/sec:\s+([\d.]+)", said[0])[0], re.findall(r"p95 ([\d.]+)", said[0])[0]
    return row(_READERS, published, rate, late, failed[0] if failed else 0, old)


def _unit_of(title: str) -> str:
    return str(Disclosure.objects.select_related("unit").get(title=title).unit.get_absolute_url())
