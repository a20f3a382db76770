"""The sheet for the wall: what stands on it, in which states it exists, and the PDF: one page where it fits, embedded fonts, no strangers' files."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import ImageFile
from pypdfium2 import raw

from openness.channels.drawing import outside
from openness.channels.drawing.job import Job
from openness.channels.papers import PAPERS, paper_asked, type_of
from openness.channels.services.board_pdf import BoardPdf
from openness.disclosures.services.signing import Paper, record_paper
from openness.disclosures.services.take_down import withdraw

from .conftest import Pdf, table

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def sheet(client, text, **query) -> str:
    answer = client.get(reverse("board", args=[text.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def pdf(client, text, **query) -> Pdf:
    answer = client.get(reverse("board_pdf", args=[text.pk]), query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    assert answer["Content-Type"] == "application/pdf"
    return Pdf(answer.content)


def test_the_sheet_says_all_that_a_wall_needs(client, published, village, tree):
    village.supervisor_phone, village.phone = "0432-00000002", "0432-00000001"
    village.save()
    tree["搜登站镇"].phone = "0432-00000003"
    tree["搜登站镇"].save()
    text = published(period="2026-Q3", notice_from=TODAY, notice_until=TODAY + timedelta(days=14), summary="本季度批了两户。")
    words = sheet(client, text)
    receipt = text.receipts.get()
    for said in (
        text.title, village.name, "2026年第三季度", text.item.name, "（15 天）", "本季度批了两户。", "村民委员会（盖章）", "村务监督委员会（签字）",
        "村务监督委员会 0432-00000002", "搜登站村 0432-00000001", "搜登站镇 0432-00000003", receipt.hash[:8], f"{village.code}-{receipt.seq}",
        "扫码看电子版", "<svg", "有不同意见",
    ):  # fmt: skip
        assert said in words, said
    assert "<style" not in words
    assert "草稿" not in words


def test_who_signed_stands_on_it(client, draft, member, village, tree, item):
    from openness.disclosures.models import Body
    from openness.disclosures.services.signing_rules import NewRule, add_rule

    rule = NewRule("village", Body.SUPERVISION, "村民委员会组织法", date(2026, 1, 1), names_public=True)
    add_rule(tree["船营区"], member("administrator", tree["船营区"]), rule)
    text = draft(author=member("clerk", village))
    record_paper(text, member("clerk", village), Paper("王某、李某", TODAY))
    text.get_latest_revision().publish(user=member("reviewer", village))
    words = sheet(client, text)
    assert "由村务监督委员会审核签字" in words
    assert "王某、李某" in words


def test_after_the_notice_nobody_is_asked_to_object(client, published):
    text = published(notice_from=TODAY - timedelta(days=20), notice_until=TODAY - timedelta(days=5))
    assert "有不同意见" not in sheet(client, text)


def test_a_community_and_a_township_have_other_seals(client, published, tree):
    tree["半拉山村"].kind = "community"
    tree["半拉山村"].save()
    assert "居务监督委员会（签字）" in sheet(client, published(unit=tree["半拉山村"]))
    assert "负责人（签字）" in sheet(client, published(unit=tree["搜登站镇"]))


@pytest.mark.parametrize("name", ["board", "board_pdf"])
def test_it_exists_as_far_as_the_page_does(client, published, draft, member, tree, name):
    def status(text) -> int:
        return client.get(reverse(name, args=[text.pk])).status_code

    assert status(draft()) == 404
    over = published(notice_from=TODAY - timedelta(days=19), notice_until=TODAY + timedelta(days=1), comes_down=True)
    type(over).objects.filter(pk=over.pk).update(notice_until=TODAY - timedelta(days=1))
    assert status(over) == 410
    text = published()
    withdraw(text, member("reviewer", tree["搜登站镇"]), "含有个人信息")
    answer = client.get(reverse(name, args=[text.pk]))
    assert answer.status_code == 410
    assert "含有个人信息" in answer.content.decode()
    assert client.get(reverse(name, args=[999_999])).status_code == 404
    assert client.post(reverse(name, args=[text.pk])).status_code == 405


def test_every_paper_has_its_stylesheet(client, published):
    text = published()
    for paper in PAPERS:
        assert f"{paper.size.lower()}-{paper.turn}" in sheet(client, text, paper=paper.size, turn=paper.turn)
    assert "a4-landscape" in sheet(client, text, paper="B5", turn="up")


def test_short_words_are_large_and_long_ones_never_small():
    a4, a3 = paper_asked("A4", "landscape"), paper_asked("a3", "portrait")
    assert type_of(a4, ["本季度批准宅基地两户。"]) == 24
    assert type_of(a4, ["字" * 40] * 60) == 16
    assert type_of(a3, ["字" * 40] * 10) > type_of(a4, ["字" * 40] * 10)


def test_the_editor_s_preview_is_the_same_sheet_marked_as_a_draft(client, draft, member, village):
    clerk = member("clerk", village)
    text = draft(author=clerk)
    page = text.make_preview_request(preview_mode="board").rendered_content
    assert "草稿，还没有公开，不能张贴" in page
    assert "村民委员会（盖章）" in page
    assert "打开 PDF" not in page


def test_the_pdf_is_one_page_with_its_own_fonts_and_real_words(client, published):
    found = pdf(client, published(body=[("text", "<p>本季度批准宅基地两户。</p>"), table(4)]))
    assert found.pages == 1
    assert found.size == (297, 210)
    for said in ("2026年第三季度宅基地审批情况", "本季度批准宅基地两户", "第3户", "合计", "扫码看电子版"):
        assert said in found.words[0]
    assert "共1页" not in found.words[0]
    assert found.fonts()
    assert all(embedded for _name, embedded in found.fonts())
    assert all("+" in name for name, _embedded in found.fonts()), "subsets are marked by a prefix"
    assert len(found.data) < 300_000


def test_a_long_table_goes_over_numbered_pages_with_its_heading_on_each_and_its_sum_once(client, published):
    found = pdf(client, published(body=[table(60)]), turn="portrait")
    assert found.size == (210, 297)
    assert found.pages > 1
    for number, words in enumerate(found.words, start=1):
        assert f"第{number}页共{found.pages}页" in words
    assert all("户主" in words for words in found.words if "户" in words and "第1" in words)
    assert sum(words.count("合计") for words in found.words) == 1
    assert sum("户主金额" in words for words in found.words) >= 2


def test_a_photograph_is_drawn(client, published, photo):
    with_photo = published(body=[("photo", {"photo": photo(), "caption": "修好的路"})])
    found = pdf(client, with_photo)
    assert "修好的路" in found.words[0]
    assert list(found.document[0].get_objects([raw.FPDF_PAGEOBJ_IMAGE]))


def test_a_photograph_whose_file_is_lost_does_not_fell_the_sheet(client, published, photo):
    lost = photo()
    text = published(body=[("text", "<p>修路。</p>"), ("photo", {"photo": lost, "caption": "修好的路"})])
    lost.file.storage.delete(lost.file.name)
    assert "修好的路" in sheet(client, text)
    assert "修好的路" in pdf(client, text).words[0]


def test_nothing_is_loaded_but_the_sheet_s_own_files(tmp_path):
    """Other hosts, this host, files of the server, and an address that only begins like an own one."""
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>机密</text></svg>')
    asked = [
        "http://127.0.0.1:9/x.png",
        f"file://{secret}",
        "/media/other.jpg",
        "https://example.com/a.png",
        "//169.254.169.254/latest",
        "data:,x",
    ]
    html = "<body class='board {type}'><p>公开</p>" + "".join(
        f"<img src='{one}' alt=''><link rel=attachment href='{one}'>" for one in asked
    )
    found = Pdf(outside.draw_outside(Job(html)))
    assert found.words == ["公开"]
    assert "机密".encode() not in found.data
    assert b"/EmbeddedFile" not in found.data


def test_the_fetcher_refuses_by_itself(monkeypatch):
    with monkeypatch.context() as patch:  # WeasyPrint makes Pillow lenient for the whole process, which the site's must not be
        patch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
        from openness.channels.drawing.fetching import Fetcher

    fetcher = Fetcher({"https://sheet.invalid/a.css": (b"p{}", "text/css")})
    assert fetcher("https://sheet.invalid/a.css").read() == b"p{}"
    for other in ("http://127.0.0.1/", "file:///etc/passwd", "https://sheet.invalid/a.css?x", "data:text/css,p{}"):
        with pytest.raises(ValueError, match="not a file of this sheet"):
            fetcher(other)


def test_who_has_it_gets_304_and_nothing_is_drawn(client, published, monkeypatch):
    text = published()
    address = reverse("board_pdf", args=[text.pk])
    first = client.get(address)
    tag = first["ETag"]
    assert "no-cache" in first["Cache-Control"]
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    assert len(caught) <= 6
    head = client.head(address)
    assert (head.status_code, head["ETag"], head.content) == (200, tag, b"")
    assert client.get(address, {"paper": "A3"})["ETag"] != tag


def test_a_correction_has_another_tag(client, published, member, village):
    text = published()
    before = BoardPdf(text, PAPERS[0]).tag
    text.body, text.change_note = [("text", "<p>本季度批准宅基地三户。</p>")], "改数"
    text.save_revision().publish(user=member("reviewer", village))
    text = type(text).objects.get(pk=text.pk)
    assert BoardPdf(text, PAPERS[0]).tag != before


def test_it_is_kept_for_a_while_but_not_where_it_is_to_come_down(published):
    from django.core.cache import cache

    stays, comes_down = published(), published(notice_from=TODAY, notice_until=TODAY + timedelta(days=20), comes_down=True)
    for text, kept in ((stays, True), (comes_down, False)):
        drawn = BoardPdf(text, PAPERS[0])
        assert drawn.draw().startswith(b"%PDF-")
        assert (cache.get(f"board:{drawn.tag}") is not None) is kept


def test_while_another_is_drawn_one_is_told_so(client, published):
    text = published()
    assert outside._one_at_a_time.acquire(timeout=1)
    try:
        answer = client.get(reverse("board_pdf", args=[text.pk]))
    finally:
        outside._one_at_a_time.release()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    words = answer.content.decode()
    assert "过十秒再试" in words
    assert reverse("board", args=[text.pk]) in words


@pytest.mark.parametrize(
    ("limits", "rows", "words"),
    [
        ({"MEMORY_BYTES": 150 * 1024 * 1024}, 3, ""),
        ({"CPU_SECONDS": 1}, 990, ""),
        ({"MOST_BYTES": 10}, 3, "太长"),
        ({"SECONDS": 0.2}, 3, "正忙"),
    ],
)
def test_beyond_the_limits_a_sentence_and_never_a_traceback(client, published, monkeypatch, limits, rows, words):
    text = published(body=[table(rows)])
    for name, value in limits.items():
        monkeypatch.setattr(outside, name, value)
    answer = client.get(reverse("board_pdf", args=[text.pk]))
    assert answer.status_code == 503
    assert "网页版一样能打印" in answer.content.decode()
    assert words in answer.content.decode()


@pytest.mark.parametrize("missing", ["libpango-1.0.so.0", "font"])
def test_on_a_server_without_the_libraries_or_a_chinese_font(client, published, tmp_path, monkeypatch, missing):
    """A real process that finds no Pango, or a fontconfig that knows no font."""
    text = published()
    (tmp_path / "fonts.conf").write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>')
    module = tmp_path / "sitecustomize.py"
    if missing == "font":
        module.write_text(f"import os; os.environ['FONTCONFIG_FILE'] = {str(tmp_path / 'fonts.conf')!r}")
    else:
        module.write_text(
            "import cffi\nold = cffi.FFI.dlopen\ndef dlopen(self, name, *rest):\n    if 'pango' in name:\n        raise OSError(f'cannot load library {name}')\n    return old(self, name, *rest)\ncffi.FFI.dlopen = dlopen\n"
        )
    real = outside.subprocess.run

    def run(command, *, env, **options):
        return real(command, env={**env, "PYTHONPATH": f"{tmp_path}:{env['PYTHONPATH']}"}, **options)

    monkeypatch.setattr(outside.subprocess, "run", run)
    answer = client.get(reverse("board_pdf", args=[text.pk]))
    assert answer.status_code == 503
    assert "还没有装做 PDF 的软件和字体" in answer.content.decode()


def test_the_job_survives_the_pipe():
    job = Job("<p>字</p>", {"/a": (b"\x00\xff", "image/png")}, ("type-24", "type-16"), "p{}")
    again = Job.from_bytes(job.to_bytes())
    assert again == Job("<p>字</p>", {"https://sheet.invalid/a": (b"\x00\xff", "image/png")}, ("type-24", "type-16"), "p{}")
    assert json.loads(job.to_bytes())["types"] == ["type-24", "type-16"]
