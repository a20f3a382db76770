"""Word documents as blocks of the body."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from openness.disclosures.models import Photo
from openness.disclosures.services.import_word import import_word
from openness.units.refusal import Refused
from tests.disclosures.test_files import own_media  # noqa: F401

from .conftest import stored
from .test_photos import taken

pytestmark = pytest.mark.django_db


def document(tmp_path: Path) -> Path:
    made = Document()
    made.add_heading("救助标准", 1)
    made.add_paragraph("每人每月 ").add_run("780 元").bold = True
    made.add_paragraph("<script>alert(1)</script>")
    for words in ("本人申请", "民主评议"):
        made.add_paragraph(words, style="List Bullet")
    table = made.add_table(rows=3, cols=3)
    for row, cells in zip(table.rows, (("户主", "组别", "金额（元）"), ("张某某", "一组", "1,200.00"), ("李某某", "", "30")), strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    made.add_picture(io.BytesIO(taken()))
    made.add_paragraph("以上属实。")
    made.sections[0].header.paragraphs[0].text = "内部资料注意保存"
    path = tmp_path / "a.docx"
    made.save(path)
    return path


def test_headings_words_lists_tables_and_pictures_come_in_their_order(tmp_path, village):
    made = import_word(document(tmp_path), "九月.docx", village)
    text, table, photo, end = stored(*made.blocks)
    assert "<h2>救助标准</h2>" in text.value.source
    assert "每人每月 <b>780 元</b>" in text.value.source.replace("strong>", "b>")
    assert "<li>本人申请</li>" in text.value.source
    assert "<script" not in text.value.source
    assert "alert(1)" in text.value.source
    assert [column["heading"] for column in table.value.columns] == ["户主", "组别", "金额（元）"]
    assert [column["block"].name for column in table.value.columns] == ["text", "text", "money"]
    assert [row["values"][1] for row in table.value.row_data] == ["一组", ""]
    assert photo.value["photo"].unit == village
    assert end.value.source == "<p>以上属实。</p>"
    assert made.said[0] == "导入了 4 段。"
    assert "内部资料注意保存" in made.said[-1]


def test_pictures_lose_their_place(tmp_path, village):
    import_word(document(tmp_path), "九月.docx", village)
    with Photo.objects.get().file.open("rb") as file:
        assert b"GEHEIM" not in file.read()


def test_what_is_no_new_word_document_is_refused_with_what_to_do(tmp_path, village):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<kaputt")
    empty = tmp_path / "leer.docx"
    Document().save(empty)
    cases = (
        ("a.doc", b"<html>old</html>", "另存为"), ("a.docx", b"%PDF-1.7", "不是 Word 文档"), ("b.docx", packed.getvalue(), "打不开"),
        ("c.docx", b"PK\x03\x04kaputt", "打不开"), ("leer.docx", empty.read_bytes(), "没有读到文字"),
    )  # fmt: skip
    for name, data, words in cases:
        path = tmp_path / f"upload-{name}"
        path.write_bytes(data)
        with pytest.raises(Refused, match=words):
            import_word(path, name, village)


def test_a_document_that_unpacks_into_a_giant_is_refused(tmp_path, village):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (80 * 1024 * 1024))
    with pytest.raises(Refused):
        import_word(path, "a.docx", village)


def test_a_picture_that_cannot_be_read_is_said_and_the_words_come(tmp_path, village):
    path = document(tmp_path)
    broken = tmp_path / "b.docx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"kaputt" if name.startswith("word/media/") else source.read(name))
    made = import_word(broken, "b.docx", village)
    assert [block["type"] for block in made.blocks] == ["text", "table", "text"]
    assert any("第 1 张图没有导入" in sentence for sentence in made.said)
