"""`manage.py read_catalogue`: exit codes, JSON lines, and no database."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from .builders import item, standard

KEYS = [
    "sheet", "field", "level1", "level2", "level3", "elements", "basis", "time_limit", "publisher", "channels", "audience",
    "method", "tiers", "limit", "problems",
]  # fmt: skip


@pytest.fixture
def clear(tmp_path: Path) -> Path:
    file = tmp_path / "清楚.xlsx"
    file.write_bytes(standard([item(1, "低保", "指南"), item(2, "低保", "名单", time_limit=None)]))
    return file


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    file = tmp_path / "不清楚.xlsx"
    file.write_bytes(standard([item(1, "低保", "指南"), item(2, "低保", "名单", time_limit="按要求公开")]))
    return file


def run(*args: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as done:
        call_command("read_catalogue", *map(str, args), stdout=out, stderr=err)
    return int(done.value.code or 0), out.getvalue(), err.getvalue()


def test_all_understood(clear: Path) -> None:
    code, out, err = run(clear, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert (code, err, len(rows)) == (0, "", 2)
    assert [list(row) for row in rows] == [KEYS, KEYS]
    assert rows[0]["limit"]["number"] == 20
    assert (rows[1]["limit"], rows[1]["problems"]) == (None, [])
    assert "低保" in out


def test_rows_that_need_a_person(doubtful: Path) -> None:
    code, out, _err = run(doubtful, "--json")
    assert code == 1
    assert json.loads(out.splitlines()[1])["problems"] == ["期限“按要求公开”看不懂，要人来定。"]


def test_refused(tmp_path: Path) -> None:
    code, out, err = run(tmp_path / "没有.xlsx", "--json")
    assert (code, out) == (2, "")
    assert "找不到文件" in err


def test_a_summary_for_people(doubtful: Path) -> None:
    code, out, _err = run(doubtful)
    assert code == 1
    assert "社会救助 > 低保 > 名单" in out
    assert "共 2 项，其中 1 项要人来定。" in out


def test_it_runs_without_a_database(clear: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/none", "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    done = subprocess.run(
        [sys.executable, root / "manage.py", "read_catalogue", clear, "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 2
