"""Files that are turned away, each with one sentence that says what to do; nothing large is ever read."""

import io
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from catalog.reading import Refused, bounds, read_bytes, read_catalogue
from catalog.reading.archive import check_archive

from .builders import TITLE, document, item, standard, workbook

GOOD = standard([item(1, "低保", "指南")])


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as raised:
        read_bytes(data)
    return str(raised.value)


def compound_file(*streams: str) -> bytes:
    """An OLE compound file (MS-CFB) with one sector of directory: what Office writes for doc, xls and encrypted files."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    return header + fat + b"".join(_entry(name) for name in ("Root Entry", *streams)).ljust(512, b"\0")


def _entry(name: str) -> bytes:
    text = name.encode("utf-16-le")
    kind = 5 if name == "Root Entry" else 2
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, *[0xFFFFFFFF] * 3)
        + bytes(36)
        + struct.pack("<IQ", 0xFFFFFFFE, 0)
    )


@pytest.mark.parametrize(
    ("streams", "word"),
    [
        (("EncryptionInfo", "EncryptedPackage"), "密码"),
        (("Workbook",), "另存为 xlsx"),
        (("Book",), "另存为 xlsx"),
        (("WordDocument",), "另存为 docx"),
    ],
)
def test_compound_files(streams: tuple[str, ...], word: str) -> None:
    assert word in refused(compound_file(*streams))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "xlsx"),
        ("序号,公开事项\n1,低保".encode(), "xlsx"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mht"),
        (b"PK\x03\x04 not a zip at all", "损坏"),
        ("<html><body><p>公告</p></body></html>".encode(), "表头"),
        (workbook(("Sheet1", [["姓名", "电话"], ["某某", "无"]], [])), "表头"),
        (document([["姓名", "电话"]], before=()), "表头"),
    ],
)
def test_wrong_kinds(data: bytes, word: str) -> None:
    assert word in refused(data)


def test_another_archive() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("目录.txt", "文字")
    assert "压缩包" in refused(stream.getvalue())


def test_an_empty_file_and_a_missing_one(tmp_path: Path) -> None:
    empty = tmp_path / "a.xlsx"
    empty.touch()
    with pytest.raises(Refused, match="空文件"):
        read_catalogue(empty)
    with pytest.raises(Refused, match="找不到文件"):
        read_catalogue(tmp_path / "b.xlsx")
    with pytest.raises(Refused, match="找不到文件"):
        read_catalogue(tmp_path)


def test_the_name_a_person_knows_is_in_the_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "upload"
    empty.touch()
    with pytest.raises(Refused, match=r"社会救助\.xlsx"):
        read_catalogue(empty, name="社会救助.xlsx")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_at_any_place(share: float) -> None:
    assert "损坏" in refused(GOOD[: int(len(GOOD) * share)])


def test_flipped_bytes_in_the_sheet() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    place = entry.header_offset + len(entry.filename) + 60
    broken = bytearray(GOOD)
    broken[place] ^= 0xFF
    assert "损坏" in refused(bytes(broken))


def test_200_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    large = tmp_path / "large.xlsx"
    with large.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    begun = time.perf_counter()
    with pytest.raises(Refused, match="20 MB"):
        read_catalogue(large)
    assert time.perf_counter() - begun < 0.1
    assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    tracemalloc.stop()


def with_entry(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The good workbook with one entry added or replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(stream, "w", method) as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, content)
    return stream.getvalue()


def test_a_bomb_by_ratio() -> None:
    assert "大得不正常" in refused(with_entry("xl/media/a.bin", bytes(60 * 1024 * 1024)))


def test_a_bomb_by_declared_size() -> None:
    data = bytearray(with_entry("xl/media/a.bin", bytes(1000), zipfile.ZIP_STORED))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 3_000_000_000)
    assert "大得不正常" in refused(bytes(data))


def test_a_bomb_that_lies_about_its_size() -> None:
    """Declared small, inflates to 60 MB: the read stops at what was declared, and the checksum tells."""
    content = bytes(60 * 1024 * 1024)
    data = bytearray(with_entry("xl/media/a.bin", content))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1000)
    tracemalloc.start()
    with pytest.raises(Refused):
        check_archive(bytes(data))
    assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    tracemalloc.stop()
    assert zlib.crc32(content) != zlib.crc32(content[:1000])


def test_too_many_entries() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(bounds.MAX_ENTRIES + 1):
            archive.writestr(f"xl/media/{number}", b"")
        archive.writestr("xl/workbook.xml", b"")
    assert "大得不正常" in refused(stream.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_entities_are_refused_wherever_they_stand(part: str, encoding: str) -> None:
    entities = "".join(f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "ha"}&a{max(n - 1, 0)};">' for n in range(12))
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{entities}]><x>&a11;</x>'
    assert "实体" in refused(with_entry(part, bomb.encode(encoding)))


def test_a_cell_of_100_000_characters_is_named() -> None:
    sentence = refused(standard([item(1, "低保", "指南"), item(2, "低保", "名单", elements="长" * 32_000)], sheet="救助"))
    assert all(part in sentence for part in ("救助", "第 5 行", "第 D 列"))
    sentence = refused(document([["序号", "公开事项"], ["1", "长" * 100_000]]))
    assert all(part in sentence for part in ("表1", "第 2 行", "第 B 列"))
    page = f"<table><tr><td>序号<td>公开事项</tr><tr><td>1<td>{'长' * 100_000}</tr></table>"
    assert "第 2 行" in refused(page.encode())


def test_20_000_characters_are_still_read() -> None:
    reading = read_bytes(standard([item(1, "低保", "指南", elements="长" * 20_000)]))
    assert len(reading.rows[0].elements) == 20_000


def test_too_many_rows_columns_and_sheets() -> None:
    assert "20000 行" in refused(workbook(("长", [["序号", "公开事项"], *[[n, "x"] for n in range(20_001)]], [])))
    assert "200 列" in refused(workbook(("宽", [["序号", "公开事项", *["x"] * 300]], [])))
    assert "200 张" in refused(workbook(*[(f"第{n}张", [["序号", "公开事项"]], []) for n in range(201)]))


def test_a_merge_over_a_whole_sheet_is_refused_before_it_fills_memory() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(("Sheet1", [[TITLE], ["序号", "公开事项"], [1, "低保"]], ["A1:B1"])))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"A1:B1" in sheet
    assert "行" in refused(with_entry("xl/worksheets/sheet1.xml", sheet.replace(b"A1:B1", b"A1:XFD1048576")))


def test_a_page_that_spans_a_million_rows() -> None:
    page = "<table><tr><td>序号<td>公开事项</tr><tr><td>1<td rowspan=9999999 colspan=1>低保</tr></table>"
    assert [row.level1 for row in read_bytes(page.encode()).rows] == ["低保"]
    wide = page.replace("colspan=1", "colspan=999999")
    assert "列" in refused(wide.encode())
