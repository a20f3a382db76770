"""What is refused, each with a sentence that says what to do; and nothing of it is kept."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from openness.imports.limits import MOST_BYTES
from openness.imports.models import ImportJob, ImportRow, Kind
from openness.imports.reading import accept, sheet
from openness.imports.services.receive import receive
from openness.units.refusal import Refused
from tests.disclosures.extraction import builders

from .conftest import HEAD, bring, row, said, work, workbook

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    stream = io.BytesIO(workbook(row()))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空文件"),
        (b"%PDF-1.4 x", "这不是表格"),
        (b"\x89PNG\r\n\x1a\n....", "读不了这种文件"),
        (b"Rar!\x1a\x07", "读不了这种文件"),
        (b"<html><table></table></html>", "读不了这种文件"),
        (zipped(**{"a.txt": b"x"}), "压缩包"),
        (workbook(row())[:400], "坏了"),
        (OLE + b"\0" * 600, "坏了"),
        (with_part("xl/vbaProject.bin", b"x"), "宏"),
        (with_part("xl/x.xml", b'<!DOCTYPE x [<!ENTITY a "aa">]><x/>'), "实体定义"),
        (zipped(word__document=b"<x/>"), "不是表格"),
    ],
)  # fmt: skip
def test_files_that_are_none(clerk, private_files, data, words):
    with pytest.raises(Refused, match=words):
        bring(clerk, data)
    assert not ImportJob.objects.exists()
    assert not private_files.exists()


def test_old_and_locked_workbooks(clerk, tmp_path):
    old = Path(builders.__file__).with_name("files") / "excel97.xls"
    with pytest.raises(Refused, match="老格式的表格"):
        bring(clerk, old.read_bytes())
    locked = builders.locked_word(tmp_path / "locked")  # a locked workbook is the same container
    with pytest.raises(Refused, match="有密码"):
        bring(clerk, locked.read_bytes())
    assert not ImportJob.objects.exists()


def test_a_bomb(clerk):
    bomb = with_part("xl/media/bomb.xml", b"0" * (210 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    with pytest.raises(Refused, match="大得不正常"):
        bring(clerk, bomb)


def test_too_large(clerk):
    upload = SimpleUploadedFile("a.xlsx", b"x")
    upload.size = MOST_BYTES + 1
    with pytest.raises(Refused, match="32 MB"):
        receive(clerk, Kind.TABLE, upload)


def test_too_many_rows(clerk, monkeypatch, private_files):
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    with pytest.raises(Refused, match="超过 3 行"):
        bring(clerk, workbook(*[row(标题=str(n)) for n in range(4)]))
    assert not ImportJob.objects.exists()
    assert not private_files.exists()


def test_a_cell_that_is_too_long_is_said_and_not_kept_whole(clerk):
    text = ",".join([*HEAD]) + "\n" + ",".join(row(内容="字" * 150_000))
    job = work(bring(clerk, text.encode(), "a.csv"))
    assert "“内容”太长，最多 100000 个字" in str(said(job))
    assert max(map(len, ImportRow.objects.get().cells)) == 100_001


def test_a_sheet_of_formatting_only(clerk):
    with pytest.raises(Refused, match="没有读到内容"):
        bring(clerk, workbook(head=[]))


def test_json_is_no_spreadsheet(clerk):
    with pytest.raises(Refused, match=r"这里要传 \.csv、\.xlsx 文件"):
        bring(clerk, b'[{"a": 1}]', "a.json")


def test_formats_are_told_by_content(tmp_path):
    for data, kind in ((b"a,b", "csv"), (b"[{}]", "json"), (b"<?xml version='1.0'?><rss/>", "wordpress"), (workbook(row()), "xlsx")):
        path = tmp_path / "x"
        path.write_bytes(data)
        assert accept.format_of(path) == kind
