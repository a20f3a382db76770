"""Machine checks of what stands in attached files: real PDF and DOCX, read by the platform's own readers."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from openness.disclosures.models import Attachment
from openness.disclosures.services.attachment_texts import extract_waiting
from openness.supervision.models import Finding
from openness.supervision.services.quality import check_quality

from ..disclosures.extraction import builders
from .test_ledger import limited
from .test_quality import MOBILE, OTHER, WORDS, put, right_identity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def item(tree):
    return limited("工程项目", "每季度的首个月20日", elements="工程名称；质量验收结论")


@pytest.fixture
def with_file(village, item):
    """A public disclosure with this file, read and checked."""

    def make(path: Path, title: str = "明细", words: str = WORDS):
        file = Attachment.objects.create(title=title, file=ContentFile(path.read_bytes(), path.name), unit=village)
        row = put(village, item, body=[("text", f"<p>{words}</p>"), ("file", file)])
        assert extract_waiting() == 1
        check_quality()
        return row

    return make


def found(row) -> list[tuple[str, str]]:
    return sorted(Finding.objects.filter(disclosure=row).values_list("check_name", "place"))


def test_a_good_file_gives_no_finding_and_answers_for_the_text(with_file, tmp_path):
    assert found(with_file(builders.pdf(tmp_path / "a.pdf", ["文化广场工程质量验收合格"]))) == []


def test_elements_are_looked_for_in_a_word_document_and_its_tables(with_file, tmp_path):
    told = builders.word(tmp_path / "a.docx", "文化广场", table=[["工程名称", "质量验收"], ["文化广场", "合格"]])
    assert found(with_file(told)) == []


def test_what_is_missing_in_text_and_file_is_missing(with_file, tmp_path):
    row = with_file(builders.word(tmp_path / "a.docx", OTHER))
    assert ("element", "全文") in found(row)


@pytest.mark.parametrize(("kind", "words"), [("scan", "扫描"), ("locked pdf", "密码"), ("locked word", "密码"), ("broken", "打不开")])
def test_a_file_that_cannot_be_read_is_named_with_the_reason(with_file, tmp_path, kind, words):
    path = {
        "scan": lambda: builders.scanned_pdf(tmp_path / "a.pdf"),
        "locked pdf": lambda: builders.locked_pdf(tmp_path / "b.pdf", builders.pdf(tmp_path / "a.pdf", ["名单"]), "secret"),
        "locked word": lambda: builders.locked_word(tmp_path / "a.docx"),
        "broken": lambda: _cut(builders.word(tmp_path / "a.docx", OTHER)),
    }[kind]()
    row = with_file(path)
    assert [name for name, _place in found(row)] == ["attachment"], "nobody is blamed for elements that the file may say"
    sentence = Finding.objects.get(disclosure=row).sentence
    assert sentence.startswith("附件“明细”：")
    assert words in sentence, sentence


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:200])
    return path


def test_personal_data_inside_a_file_is_found_by_its_page_and_never_stored(with_file, tmp_path):
    pages = [["文化广场工程质量验收合格"], [f"户主身份证{right_identity()}"], [f"电话{MOBILE}"]]
    row = with_file(builders.pdf(tmp_path / "a.pdf", *pages), title="名单")
    rows = Finding.objects.filter(disclosure=row, check_name="personal").order_by("place")
    assert rows.count() == 2
    assert all(one.place.startswith("附件") for one in rows)
    assert [("第 2 页" in one.place, "第 3 页" in one.place) for one in rows] == [(True, False), (False, True)]
    for one in rows:
        assert right_identity() not in f"{one.quote}{one.sentence}{one.mark}"
        assert MOBILE not in f"{one.quote}{one.sentence}{one.mark}"


def test_personal_data_in_a_word_table_is_found(with_file, tmp_path):
    table = [["姓名", "身份证号"], ["张某某", right_identity()], ["质量验收", "合格"]]
    row = with_file(builders.word(tmp_path / "a.docx", "名单", table=table))
    assert [name for name, _place in found(row)] == ["personal"]


def test_error_prone_words_inside_a_file_are_found(with_file, tmp_path):
    row = with_file(builders.word(tmp_path / "a.docx", "文化广场工程质量验收合格，公式期七天。"))
    assert [(name, place.startswith("附件")) for name, place in found(row)] == [("word", True)]


def test_a_long_title_and_many_pages_stay_the_same_findings(with_file, tmp_path):
    """The place is cut to its column; reading again finds the stored ones and not new ones."""
    pages = [["质量验收合格，公式期"], ["公式期"]]
    row = with_file(
        builders.pdf(tmp_path / "a.pdf", *pages), title="二〇二六年第三季度文化广场及周边道路硬化工程项目资金使用情况明细表（公示稿）"
    )
    before = found(row)
    assert len(before) == 2
    assert check_quality(everything=True).found == 0
    assert found(row) == before


def test_a_file_replaced_by_a_clean_one_closes_its_findings(with_file, tmp_path):
    row = with_file(builders.word(tmp_path / "a.docx", f"质量验收合格，电话{MOBILE}"))
    assert [name for name, _place in found(row)] == ["personal"]
    file = Attachment.objects.get()
    clean = builders.word(tmp_path / "b.docx", "文化广场工程质量验收合格")
    file.file = ContentFile(clean.read_bytes(), "b.docx")
    file.save()
    assert extract_waiting() == 1
    assert check_quality().gone == 1
    assert Finding.objects.get().state == "gone"
