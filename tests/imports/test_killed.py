"""A worker that is killed between any two batches: the next one goes on, nothing comes twice and nothing is lost."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from openness.imports.models import ImportJob

from .conftest import bring, row, workbook

ROOT = Path(__file__).resolve().parents[2]
ROWS = 700
KILLS = 2


class Site:
    """The test's database where other processes can open it: SQLite's is copied out of memory."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "copy.sqlite3"
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file)) as copy:
                connection.connection.backup(copy)
            url = f"sqlite:///{self.file}"
        else:
            at = connection.settings_dict
            url = f"postgres://{at['USER']}:{at['PASSWORD']}@{quote(at['HOST'], safe='')}:{at['PORT']}/{at['NAME']}"
        self.environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.test"}

    def ask(self, sql: str) -> int:
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file, timeout=20)) as copy:
                return int(copy.execute(sql).fetchone()[0])
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return int(cursor.fetchone()[0])

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "import_rows", "--once"], cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL
        )

    def say(self, words: str) -> None:
        code = f"from openness.imports.models import ImportJob; from openness.imports.services import decide; job = ImportJob.objects.get(); {words}"
        subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=ROOT, env=self.environment, check=True)

    def to_the_end(self, moved: Callable[[], int]) -> int:
        """Kill each worker as soon as it has done something, a few times; the last one may finish. Returns how many were killed at work."""
        killed = 0
        for _n in range(KILLS):
            before, worker = moved(), self.start()
            while worker.poll() is None and moved() == before:
                time.sleep(0.005)
            if worker.poll() is None:
                worker.send_signal(signal.SIGKILL)
                killed += 1
            worker.wait(20)
        assert self.start().wait(240) == 0
        return killed


@pytest.mark.timeout(900)  # it starts a dozen processes, one after the other
@pytest.mark.django_db(transaction=True)
def test_killed_between_batches(clerk, tmp_path):
    bring(clerk, workbook(*[row(标题=f"第{n}份情况") for n in range(ROWS)]))
    assert ImportJob.objects.get().total == ROWS
    site = Site(tmp_path)
    texts, rows = "disclosures_disclosure", "imports_importrow"

    killed = site.to_the_end(lambda: site.ask("SELECT read + checked FROM imports_importjob"))
    assert killed == KILLS
    assert site.ask(f"SELECT COUNT(DISTINCT number) FROM {rows}") == ROWS
    assert site.ask("SELECT good FROM imports_importjob") == ROWS

    site.say("decide.begin_import(job, 'all')")
    assert site.to_the_end(lambda: site.ask("SELECT imported FROM imports_importjob")) == KILLS
    for counted in ("COUNT(*)", "COUNT(DISTINCT title)"):
        assert site.ask(f"SELECT {counted} FROM {texts}") == ROWS
    assert site.ask("SELECT COUNT(*) FROM wagtailcore_revision") == ROWS
    assert site.ask(f"SELECT COUNT(*) FROM {rows} WHERE state = 'done' AND disclosure_id IS NOT NULL") == ROWS

    site.say("decide.begin_undo(job, 'x')")
    assert site.to_the_end(lambda: site.ask("SELECT undone FROM imports_importjob")) >= 1
    assert site.ask("SELECT undone FROM imports_importjob") == ROWS
    assert site.ask(f"SELECT COUNT(*) FROM {texts}") == 0
