"""Lighthouse's four marks of every kind of public page, as a phone of the middle range sees it.

Asks for npm: Lighthouse is fetched into the cache of the user once. The marks for speed depend on what else the machine does.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

from django.core.management import call_command

from tests.browser.finding import Demo
from tests.public.samples import SAMPLES

from .measuring import head, row
from .serving import _server

VERSION = "12.8.2"  # the last that runs on Node 20
MARKS = ("performance", "accessibility", "best-practices", "seo")
FIGURES = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight")
_CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "openness" / f"lighthouse-{VERSION}"


def lighthouse() -> Iterator[str]:
    """One page of each address, the first of its examples."""
    program = _program()
    call_command("seed_demo", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    yield head("page", *MARKS, "largest paint", "blocked", "shift", "sent")
    with _server() as (address, _pid):
        demo = Demo(address)
        for name, samples in SAMPLES.items():
            yield _line(name, _report(program, demo.address(samples[0])))


def _program() -> Path:
    program = _CACHE / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        if not which("npm"):
            sys.exit("lighthouse needs npm and Node 20 or newer: apt-get install npm")
        _CACHE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", f"lighthouse@{VERSION}"]
        subprocess.run(command, check=True, cwd=_CACHE)
    return program


def _report(program: Path, address: str) -> dict[str, Any]:
    environment = {**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")}
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        flags = ["--quiet", "--chrome-flags=--headless=new --no-sandbox --disable-gpu", "--output=json", f"--output-path={file.name}"]
        subprocess.run([program, address, *flags], check=True, env=environment)
        report: dict[str, Any] = json.loads(Path(file.name).read_bytes())
    return report


def _line(name: str, report: dict[str, Any]) -> str:
    marks = [f"{100 * (report['categories'][mark]['score'] or 0):.0f}" for mark in MARKS]
    return row(name, *marks, *(report["audits"][figure]["displayValue"] for figure in FIGURES))
