"""`check_content` over files of every format: the right place, the right exit code, no raw number, no database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command

from tests.disclosures.extraction import builders

from . import numbers
from .disguises import DISGUISES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def check(capsys):
    """Exit code and report of the command, asked without a database: a query would fail the test."""

    def ask(path: Path, *options: str):
        with pytest.raises(SystemExit) as ended:
            call_command("check_content", str(path), *(options or ("--json",)))
        said = capsys.readouterr().out
        return ended.value.code, said if options else json.loads(said)

    return ask


def places(report) -> list[tuple[str, str]]:
    return [(one["kind"], one["place"]) for one in report["findings"]]


@pytest.fixture
def people() -> list[str]:
    random = Random(7)
    return [numbers.identity(random) for _person in range(4)]


def test_lines_of_a_text(check, tmp_path, people):
    path = tmp_path / "公示.txt"
    path.write_text(f"公示\n张试验{people[0]}\n\n{people[1][:9]}\n{people[1][9:]}\n完", encoding="gb18030")
    code, report = check(path)
    assert (code, report["readable"], report["file"]) == (1, True, "公示.txt")
    assert places(report) == [("id_number", "第2行"), ("id_number", "第4行")], "a check digit proves that the lines belong together"
    assert report["findings"][0]["masked"] == f"{people[0][:6]}********{people[0][14:]}"
    assert people[0] not in json.dumps(report)


def test_a_number_that_runs_into_the_next_line(check, tmp_path, people):
    path = tmp_path / "a.md"
    path.write_text(f"# 名单\n身份证{people[1][:9]}\n{people[1][9:]}，核对", encoding="utf-8")
    assert places(check(path)[1]) == [("id_number", "第2行")]


def test_cells_of_a_csv(check, tmp_path, people):
    path = tmp_path / "a.csv"
    path.write_text(f'姓名,证件号码,订单号\n张试验,"{people[0]}",14012345678\n李测评,140,12345678\n', encoding="utf-8-sig")
    assert places(check(path)[1]) == [("id_number", "第2行第2列")]


def test_cells_of_a_web_page(check, tmp_path, people):
    path = tmp_path / "a.html"
    table = f"<table><tr><th>姓名<th>身份证<tr><td>张试验<td>{people[0][:6]}<b>{people[0][6:]}</b></table>"
    path.write_text(f'<html><body><p>公示</p>{table}<p><a href="tel:14012345678">电话</a></p></body></html>', encoding="utf-8")
    found = places(check(path)[1])
    assert [kind for kind, _place in found] == ["id_number", "phone"]
    assert [place for _kind, place in found] == ["表格第2行第2列", "第2段"]


def test_cells_of_a_workbook_hidden_sheets_too(check, tmp_path, people):
    path = builders.excel(
        tmp_path / "a.xlsx",
        名单=[
            ["公示表"],
            ["姓名", "身份证号", "手机", "金额"],
            ["张试验", people[0], 14012345678, 14012345678],
            ["李测评", float(people[1][:15] + "000"), "2.20204E+17", 1],
        ],
        隐藏=[["账号", people[2]]],
    )
    code, report = check(path)
    assert code == 1
    assert places(report) == [
        ("id_number", "工作表“名单”B3"), ("phone", "工作表“名单”C3"), ("id_number", "工作表“名单”B4"), ("id_number", "工作表“名单”C4"), ("id_number", "工作表“隐藏”B1")
    ]  # fmt: skip
    assert [one["severity"] for one in report["findings"]] == ["block", "block", "warn", "note", "block"]


def test_paragraphs_and_cells_of_word(check, tmp_path, people):
    path = builders.word(
        tmp_path / "a.docx", "公示", f"张试验{people[0][:8]}\n{people[0][8:]}", table=[["姓名", "病种"], ["李测评", "肺癌"], ["合计", "1"]]
    )
    assert places(check(path)[1]) == [("health", "表1第2行第2列"), ("id_number", "第2段")]


def test_pages_of_a_pdf(check, tmp_path, people):
    path = builders.pdf(
        tmp_path / "a.pdf", ["公示名单公示名单"], [f"张试验 {people[0]} 三组", f"身份证{people[1][:10]}", people[1][10:] + "，核对"]
    )
    assert places(check(path)[1]) == [("id_number", "第2页"), ("id_number", "第2页")]


def test_the_name_of_the_file(check, tmp_path, people):
    path = tmp_path / f"张试验_{people[0]}.txt"
    path.write_text("公示", encoding="utf-8")
    code, report = check(path)
    assert (code, places(report)) == (1, [("id_number", "文件名")])
    assert people[0] not in json.dumps(report)


def test_nothing_found_and_not_readable(check, tmp_path):
    clean = tmp_path / "a.txt"
    clean.write_text("村集体收入12,000.00元，监督电话12345。", encoding="utf-8")
    assert check(clean)[0] == 0
    assert check(clean, "--verbosity=1") == (0, "没有查出个人信息。\n")
    for path in (builders.locked_zip(tmp_path / "b.zip"), builders.scanned_pdf(tmp_path / "c.pdf"), tmp_path / "none.txt"):
        code, report = check(path)
        assert (code, report["readable"]) == (2, False)
        assert report["sentence"].endswith("。")
    assert "没有这个文件" in report["sentence"]


def test_people_read_lines(check, tmp_path, people):
    path = tmp_path / "a.txt"
    path.write_text(f"身份证{people[0]}", encoding="utf-8")
    code, said = check(path, "--verbosity=1")
    assert code == 1
    assert said.startswith(f"第1行：{people[0][:6]}********")
    assert said.endswith("查出 1 处个人信息。\n")


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf", "csv"])
def test_disguises_inside_files(check, tmp_path, kind):
    """Every disguise, a row each: what the format itself cannot carry is left out."""
    random = Random(11)
    left_out = {"pdf": {"zero width", "soft hyphen", "mathematical digits", "a line break", "a line break and indentation"}}.get(
        kind, set()
    )
    wanted = [
        disguise(numbers.identity(random), random) for name, disguise in DISGUISES.items() if name not in left_out for _turn in range(6)
    ]
    rows = [[f"{number}号", f"身份证{number_text}"] for number, number_text in enumerate(wanted, start=1)]
    path = tmp_path / f"a.{kind}"
    if kind == "xlsx":
        builders.excel(path, 名单=rows)
    elif kind == "docx":
        builders.word(path, table=rows)
    elif kind == "pdf":
        builders.pdf(path, *([row[1]] for row in rows))
    else:
        path.write_text("\n".join(f'{number},"{text}"' for number, text in rows), encoding="utf-8")
    code, report = check(path)
    assert code == 1
    assert len({one["place"] for one in report["findings"] if one["kind"] == "id_number"}) == len(rows)


def test_no_database_and_no_site(tmp_path, people):
    path = tmp_path / "a.txt"
    path.write_text(f"身份证{people[0]}", encoding="utf-8")
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
    }
    command = [sys.executable, "manage.py", "check_content", str(path), "--json"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert json.loads(ended.stdout)["findings"][0]["kind"] == "id_number"
