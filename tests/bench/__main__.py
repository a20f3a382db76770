"""Run every benchmark on a throw-away database and print one table."""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start() -> None:
    """A fresh database and index; DATABASE_URL chooses another engine than SQLite."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="openness-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--disclosures", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=100_000)
    options = parser.parse_args()
    start()
    from django.db import connection

    from .bulk import benchmarks

    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {connection.vendor}")  # noqa: T201
    print(f"{'what':<58} {'rows':>8} {'seconds':>9} {'rows/s':>9}  ratio")  # noqa: T201
    for line in benchmarks(options.disclosures, options.documents):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
