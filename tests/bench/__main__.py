"""Run the benchmarks named, or all, on a throw-away database, and print tables."""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# part -> the function of tests/bench that gives its lines, and the options it takes
PARTS = {
    "bulk": ("bulk.benchmarks", ("disclosures", "documents")),
    "search": ("searching.searching", ("documents", "engines")),
    "database": ("database.database", ("pages",)),
    "indexing": ("indexing.indexing", ("pages", "engines")),
    "found": ("found.found", ("publishes", "engines")),
    "memory": ("memory.memory", ("pages", "engines")),
    "ledger": ("ledger.ledger", ("scale", "since")),
    "imports": ("imports.imports", ("rows",)),
    "hung": ("hung.benchmarks", ()),
    "serving": ("serving.serving", ()),
    "lighthouse": ("lighthouse.lighthouse", ()),
}


def start() -> str:
    """A fresh database and index in a folder, which is returned; DATABASE_URL chooses another engine than SQLite."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="openness-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    return os.environ["VAR_DIR"]


def chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--disclosures", type=int, default=10_000, help="of bulk")
    parser.add_argument("--documents", type=int, default=100_000, help="of bulk and search")
    parser.add_argument(
        "--pages", type=int, default=20_000, help="rows that Wagtail's own search has to index and search, in indexing and memory"
    )
    parser.add_argument("--publishes", type=int, default=200, help="of found")
    parser.add_argument("--scale", choices=("county", "year", "province"), default="county", help="of ledger")
    parser.add_argument("--since", type=date.fromisoformat, default=date(2026, 10, 1), help="of ledger: the first day it covers")
    parser.add_argument("--rows", type=int, default=10_000, help="of imports")
    parser.add_argument("--engines", nargs="+", default=["embedded", "elasticsearch"])
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    return options


def lines(part: str, options: argparse.Namespace) -> Iterator[str]:
    """Only what is measured is imported: the memory of the others would count."""
    place, names = PARTS[part]
    module, function = place.split(".")
    made: Iterator[str] = getattr(import_module(f"tests.bench.{module}"), function)(*(getattr(options, name) for name in names))
    return made


def main() -> None:
    options = chosen()
    folder = start()
    from django.db import connection

    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {connection.vendor}", flush=True)  # noqa: T201
    try:
        for part in options.parts or PARTS:
            for line in lines(part, options):
                print(line, flush=True)  # noqa: T201
    finally:
        connection.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
