"""A real server and other processes that publish: what they have done shows in its next answer, also when they are killed right after."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import connection

from openness.pagecache.models import Pending
from tests.browser.conftest import ROOT, Server, free_port
from tests.pagecache.test_front import frame  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)
_CORRECT = """
import os, signal
from django.contrib.auth import get_user_model
from openness.disclosures.models import Disclosure
from openness.pagecache import changes
if {dies}:
    changes.count = lambda *_args: os.kill(os.getpid(), signal.SIGKILL)
found = Disclosure.objects.get(pk={pk})
found.title, found.change_note = {title!r}, "更正"
found.save_revision().publish(user=get_user_model().objects.get(pk={user}))
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, str]:
    """The environment of processes that have this test's database."""
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    environment["DATABASE_URL"] = _address(tmp_path)
    subprocess.run([sys.executable, "manage.py", "collectstatic", "-v0", "--noinput"], cwd=ROOT, env=environment, check=True)
    return environment


def _address(folder: Path) -> str:
    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'openness.sqlite3'}"
    return f"postgres://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}:{kept['PORT']}/{kept['NAME']}"


def _handed_over(environment: dict[str, str]) -> None:
    """A database in memory is copied to where the other processes look."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(environment["DATABASE_URL"].removeprefix("sqlite:///")) as target:
            connection.connection.backup(target)


@pytest.fixture
def served(elsewhere: dict[str, str]) -> Iterator[Callable[[str], str]]:
    server = Server(elsewhere, free_port())

    def read(path: str) -> str:
        if server.process is None:
            _handed_over(elsewhere)
            server.start()
        with urlopen(server.address + path, timeout=60) as answer:
            return str(answer.read().decode())

    yield read
    server.stop()


@pytest.mark.timeout(900)
def test_other_processes_publish_and_die(published, member, elsewhere, served):
    disclosure = published(title="第一版")
    url, reviewer = disclosure.get_absolute_url(), member("reviewer", disclosure.unit)

    def corrected(title: str, dies: bool) -> int:
        code = _CORRECT.format(pk=disclosure.pk, title=title, user=reviewer.pk, dies=dies)
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        return subprocess.run(command, cwd=ROOT, env=elsewhere, check=False).returncode

    assert all("第一版" in served(url) for _time in range(3))
    assert corrected("第二版", dies=False) == 0
    assert all("第二版" in served(url) for _time in range(3))
    assert corrected("第三版", dies=True) == -signal.SIGKILL
    assert all("第三版" in served(url) for _time in range(3)), "its change is noted, so no kept page is sent"
    time.sleep(5.5)
    served(url), served(url)
    assert _noted(elsewhere) == 0, "a reader has counted what it left"
    assert "第三版" in served(url)


def _noted(environment: dict[str, str]) -> int:
    if connection.vendor != "sqlite":
        return Pending.objects.count()
    with sqlite3.connect(environment["DATABASE_URL"].removeprefix("sqlite:///")) as other:
        return int(other.execute("SELECT COUNT(*) FROM pagecache_pending").fetchone()[0])
