"""The process that reads: its limits hold, and whatever happens to it the parent gets an answer."""

import os
import time
import tracemalloc

import pytest

from openness.disclosures.extraction import Page, State
from openness.disclosures.extraction.outside import extract_outside, is_locked_outside

from . import builders
from .test_refusals import ENTITIES

SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def test_pages_come_back_as_they_were_read(tmp_path, limits):
    path = builders.excel(tmp_path / "a.xlsx", 补贴表=[["张某", "㐂 🌾"]])
    assert extract_outside(path, limits()).pages == (Page("补贴表", "张某 㐂 🌾"),)


def test_only_a_lock_is_a_lock(tmp_path, limits):
    plain = builders.pdf(tmp_path / "a.pdf", ["低保公示名单"])
    assert is_locked_outside(builders.locked_pdf(tmp_path / "b.pdf", plain, "x"), limits())
    assert is_locked_outside(builders.locked_word(tmp_path / "c.docx"), limits())
    assert not is_locked_outside(plain, limits())
    (tmp_path / "d.docx").write_bytes(b"PK\x03\x04 broken")
    assert not is_locked_outside(tmp_path / "d.docx", limits())


def test_a_file_that_never_ends_is_ended(tmp_path, limits):
    """A pipe that nobody writes to: reading it waits for ever."""
    os.mkfifo(tmp_path / "slow.txt")
    start = time.monotonic()
    assert extract_outside(tmp_path / "slow.txt", limits(seconds=1)).state is State.TOO_SLOW
    assert time.monotonic() - start < 10


def test_work_without_end_is_ended_by_its_own_clock(tmp_path, limits):
    sheet = SHEET % (b'<row><c t="inlineStr"><is><t>x</t></is></c></row>' * 300_000)
    path = builders.with_part(tmp_path / "a.xlsx", builders.excel(tmp_path / "b.xlsx", a=[["x"]]), "xl/worksheets/sheet1.xml", sheet)
    found = extract_outside(path, limits(cpu_seconds=1, characters=50_000_000))
    assert found.state is State.TOO_SLOW


def test_memory_ends_at_the_limit(tmp_path, limits):
    path = tmp_path / "a.txt"
    path.write_bytes("公".encode() * 30_000_000)
    found = extract_outside(path, limits(file_bytes=200 << 20, characters=100_000_000, memory_bytes=160 << 20))
    assert found.state is State.TOO_LARGE


@pytest.mark.parametrize("megabytes", [150, 400])
def test_a_zip_bomb_costs_the_parent_nothing(tmp_path, limits, megabytes):
    path = builders.zip_bomb(tmp_path / "a.docx", megabytes)
    assert path.stat().st_size < 1 << 20
    tracemalloc.start()
    found = extract_outside(path, limits())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.state in {State.TOO_LARGE, State.DAMAGED}
    assert peak < 8 << 20


def test_an_entity_bomb_in_a_sheet(tmp_path, limits):
    sheet = ENTITIES + SHEET % b'<row><c t="inlineStr"><is><t>&i;</t></is></c></row>'
    path = builders.with_part(tmp_path / "a.xlsx", builders.excel(tmp_path / "b.xlsx", a=[["x"]]), "xl/worksheets/sheet1.xml", sheet)
    assert extract_outside(path, limits()).state in {State.DAMAGED, State.SCANNED}


def test_a_hundred_thousand_pages(tmp_path, limits):
    path = tmp_path / "a.pdf"
    path.write_bytes(_pdf_of(100_000))
    found = extract_outside(path, limits())
    assert (found.state, len(found.pages)) == (State.READABLE, 2000)
    assert found.pages[-1].label == "第 2000 页"


def _pdf_of(pages: int) -> bytes:
    """One page that a hundred thousand entries show."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length 36>>stream\nBT /F 12 Tf 9 9 Td (notice) Tj ET    \nendstream",
        *(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>" for _page in range(pages)),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        start,
    )
    return bytes(out)


def test_a_reader_that_falls_is_told_as_damage_and_logged(tmp_path, limits, caplog):
    """A folder where a file should be: a fault that no reader expects."""
    (tmp_path / "folder").mkdir()
    found = extract_outside(tmp_path / "folder", limits())
    assert found.state is State.DAMAGED
    assert "IsADirectoryError" in caplog.text


def test_the_reader_gets_none_of_the_site_s_secrets(tmp_path, limits, monkeypatch):
    """Its environment is made anew: proved by an import path that would break it."""
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    path = builders.word(tmp_path / "a.docx", "低保公示")
    assert extract_outside(path, limits()).state is State.READABLE
