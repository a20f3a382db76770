"""The worker as it runs in production, a process of its own; and how much memory processes and indices take."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def worker(search_url: str) -> Iterator[int]:
    """`manage.py search_worker` on the benchmark's database, for this engine; its process number."""
    with subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "search_worker"],
        env={**os.environ, "SEARCH_URL": search_url},
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            yield process.pid
        finally:
            process.terminate()


def resident(pid: int | str = "self") -> int:
    """Resident memory of a process in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


def size(folder: Path) -> int:
    """Bytes of the files in a folder, in MiB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 2**20
