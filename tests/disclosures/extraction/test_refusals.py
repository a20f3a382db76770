"""Files that give no text: each says why, in a sentence."""

import pytest

from openness.disclosures.extraction import State
from openness.disclosures.extraction.extract import extract, look

from . import builders


@pytest.fixture
def readable(tmp_path):
    return builders.pdf(tmp_path / "readable.pdf", ["低保公示名单"])


def state(path, limits, **changes) -> State:
    found = extract(path, limits(**changes))
    assert found.sentence
    assert found.state is State.SCANNED or not found.pages
    return found.state


def test_a_scanned_pdf_is_told_from_a_short_one(tmp_path, limits, readable):
    assert state(builders.scanned_pdf(tmp_path / "a.pdf"), limits) is State.SCANNED
    assert extract(readable, limits()).state is State.READABLE


def test_a_document_of_pictures_only_is_told_too(tmp_path, limits):
    assert state(builders.word(tmp_path / "a.docx", ""), limits) is State.SCANNED


def test_a_pdf_with_a_password_is_locked(tmp_path, limits, readable):
    path = builders.locked_pdf(tmp_path / "a.pdf", readable, "secret")
    assert state(path, limits) is State.ENCRYPTED
    assert look(path).state is State.ENCRYPTED


def test_a_pdf_that_only_forbids_printing_is_open(tmp_path, limits, readable):
    path = builders.locked_pdf(tmp_path / "a.pdf", readable, "", owner="owner")
    assert look(path).state is State.READABLE
    assert extract(path, limits()).pages[0].text == "低保公示名单"


def test_an_office_file_with_a_password_is_locked(tmp_path, limits):
    path = builders.locked_word(tmp_path / "a.docx")
    assert state(path, limits) is State.ENCRYPTED
    assert look(path).state is State.ENCRYPTED


def test_old_office_files_with_a_password_are_locked(tmp_path, limits):
    doc = (builders.OLD / "word97.doc").read_bytes()
    main = doc.index(b"\xec\xa5", 512)  # wIdent of the stream WordDocument
    locked = bytearray(doc)
    locked[main + 11] |= 0x01  # fEncrypted
    path = tmp_path / "a.doc"
    path.write_bytes(locked)
    assert look(path).state is state(path, limits) is State.ENCRYPTED
    xls = bytearray((builders.OLD / "excel97.xls").read_bytes())
    start = xls.index(b"\x09\x08\x10\x00\x00\x06\x05\x00", 512)  # BOF of the workbook's globals
    xls[start + 20 : start + 22] = b"\x2f\x00"  # the record after it becomes FILEPASS
    path.write_bytes(xls)
    assert look(path).state is state(path, limits) is State.ENCRYPTED


def test_a_zip_with_a_password_is_locked(tmp_path, limits):
    path = builders.locked_zip(tmp_path / "a.zip")
    assert look(path).state is state(path, limits) is State.ENCRYPTED


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"{\\rtf1", "另存为"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w/>", "另存为"),
        (b"\x7fELF\x00\x00\x01", "另存为"),
    ],
)
def test_formats_that_nothing_reads_say_what_to_do(tmp_path, limits, head, word):
    path = tmp_path / "a.pdf"
    path.write_bytes(head + bytes(100))
    found = extract(path, limits())
    assert found.state is State.UNSUPPORTED
    assert word in found.sentence


@pytest.mark.parametrize("name", ["OFD.xml", "META-INF/manifest.xml", "a.txt"])
def test_zipped_formats_that_nothing_reads(tmp_path, limits, name):
    import zipfile

    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "<x/>")
    assert state(path, limits) is State.UNSUPPORTED


def damaged_files(tmp_path):
    pdf = builders.pdf(tmp_path / "whole.pdf", ["低保公示名单"]).read_bytes()
    docx = builders.word(tmp_path / "whole.docx", "低保公示名单").read_bytes()
    doc = (builders.OLD / "word97.doc").read_bytes()
    yield "pdf", pdf[:9] + bytes(200)
    yield "docx", docx[: len(docx) // 2]
    yield "doc", doc[:600]
    yield (
        "doc's table",
        doc.replace("1Table".encode("utf-16-le"), "9Table".encode("utf-16-le")).replace(
            "0Table".encode("utf-16-le"), "9Table".encode("utf-16-le")
        ),
    )


def test_damaged_files_are_told(tmp_path, limits):
    for name, raw in damaged_files(tmp_path):
        path = tmp_path / "damaged"
        path.write_bytes(raw)
        assert state(path, limits) is State.DAMAGED, name


@pytest.mark.parametrize(
    ("name", "part", "build"),
    [
        ("word/document.xml", b"<w:document", builders.word),
        ("xl/worksheets/sheet1.xml", b"<worksheet", lambda path: builders.excel(path, a=[["x"]])),
        ("ppt/presentation.xml", b"<p:presentation", lambda path: builders.slides(path, "x")),
    ],
)
def test_a_broken_part_is_told(tmp_path, limits, name, part, build):
    path = builders.with_part(tmp_path / "broken", build(tmp_path / "whole"), name, part)
    assert state(path, limits) is State.DAMAGED


def test_too_large_on_disk_or_unpacked(tmp_path, limits, readable):
    assert state(readable, limits, file_bytes=100) is State.TOO_LARGE
    assert state(builders.zip_bomb(tmp_path / "a.docx", megabytes=3), limits, unpacked_bytes=2 << 20) is State.TOO_LARGE


def test_long_files_are_kept_up_to_the_limit_and_say_so(tmp_path, limits):
    path = builders.pdf(tmp_path / "a.pdf", *([f"第 {number} 次公示的内容"] for number in range(30)))
    by_pages = extract(path, limits(pages=10))
    assert (by_pages.state, len(by_pages.pages)) == (State.READABLE, 10)
    assert "只收了前面" in by_pages.sentence
    by_words = extract(path, limits(characters=50))
    assert 40 < sum(len(page.text) for page in by_words.pages) <= 50
    assert "只收了前面" in by_words.sentence
    assert extract(path, limits()).sentence == ""


ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (ord("b") + step, b"&%c;" % (ord("a") + step) * 50) for step in range(8))
    + b"]>"
)


def test_an_entity_bomb_gives_no_bomb(tmp_path, limits):
    main = ENTITIES + b'<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>'
    path = builders.with_part(tmp_path / "a.docx", builders.word(tmp_path / "b.docx", "x"), "word/document.xml", main)
    assert state(path, limits) in {State.SCANNED, State.DAMAGED}


def test_no_entity_reads_a_file_of_the_machine(tmp_path, limits):
    (tmp_path / "secret").write_text("the secret of the machine")
    outside = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>'.encode()
    main = outside + '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>公示&a;</w:t></w:r></w:p></w:body></w:document>'.encode()
    path = builders.with_part(tmp_path / "a.docx", builders.word(tmp_path / "b.docx", "x"), "word/document.xml", main)
    assert "secret" not in "".join(page.text for page in extract(path, limits()).pages)
