"""A text's page: the sentence from the figures, what was asked and what was said, tables and files to take home, what stands beside it."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from openness.disclosures.models import Attachment, AttachmentText, Disclosure, TextState
from openness.disclosures.services.figures import bars_of, summary_in_figures
from openness.disclosures.services.take_down import withdraw
from openness.units.models import Unit

from .conftest import ACCOUNTS, entry, flow

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def body_of(*blocks):
    return Disclosure._meta.get_field("body").to_python([{"type": kind, "value": value} for kind, value in blocks])


def test_the_sentence_is_reckoned_from_the_figures_whatever_the_clerk_wrote(accounts, read):
    text = accounts(summary="收入一百万元")
    page = read(text.get_absolute_url())
    said = "这一季度收入 900.00 元，支出 400.00 元，季末还剩 600.00 元。最大一笔支出是修路，300.00 元。"
    assert said in page
    assert "收入一百万元" not in page


def test_the_sentence_of_one_side_alone_and_of_no_account():
    spent = flow(entry("out", "修路", "5.00"), opening="0.00", closing="5.00", kind="expense")
    assert summary_in_figures(body_of(spent), "2026") == "这一年支出 5.00 元。最大一笔支出是修路，5.00 元。"
    assert summary_in_figures(body_of(("text", "<p>通知</p>")), "") == ""


def test_bars_are_as_wide_as_their_share_and_the_rest_is_one_bar():
    rows = [entry("out", f"第{n}项", f"{n}.00") for n in range(1, 11)]
    (bars,) = bars_of(body_of(flow(*rows, entry("in", "一笔", "1.00")))[0])
    assert [bar.label for bar in bars.bars][-1] == "其他 3 项"
    assert bars.bars[0].width == "18.2"
    assert sum(Decimal(bar.width) for bar in bars.bars) == pytest.approx(Decimal(100), abs=1)


def test_income_and_expenditure_are_two_tables_with_their_sums(accounts, read):
    page = read(accounts().get_absolute_url())
    assert page.count('<table class="book">') == 2
    assert "收入合计" in page
    assert "支出合计" in page
    assert "期初结余 100.00 ＋ 收入 900.00 － 支出 400.00 ＝ 期末结余 600.00" in page
    assert "style=" not in page.split("<main")[1].split('class="qr"')[0]


def test_each_table_can_be_taken_home(accounts, client, read):
    text = accounts(body=[("text", "<p>说明</p>"), flow(entry("out", "=cmd|' /C calc'!A0", "300.00"), opening="300.00", closing="0.00")])
    page = read(text.get_absolute_url())
    assert f"/d/{text.pk}/table/2.xlsx" in page
    rows = list(csv.reader(io.StringIO(client.get(f"/d/{text.pk}/table/2.csv").content.decode("utf-8-sig"))))
    assert rows[0] == ["日期", "科目或摘要", "收入还是支出", "金额（元）"]
    assert rows[1] == ["2026-08-05", "'=cmd|' /C calc'!A0", "支出", "300.00"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/d/{text.pk}/table/2.xlsx").content)).active
    assert [one.value for one in sheet[2]][3] == 300
    assert sheet["B2"].data_type == "s"
    for number in (0, 1, 3):
        assert client.get(f"/d/{text.pk}/table/{number}.csv").status_code == 404


def test_the_old_table_of_accounts_is_still_read(published, client, read):
    entries = [{"type": "item", "id": "a", "value": {"subject": "修路", "day": "2026-08-05", "amount": "10.00", "note": ""}}]
    value = {"caption": "老表", "opening": "10", "income": [], "expense": entries, "closing": "0"}
    text = published(category="finance", body=body_of(("finance", value)))
    assert "支出 10.00 元" in read(text.get_absolute_url())
    assert "修路" in client.get(f"/d/{text.pk}/table/1.csv").content.decode()


def test_a_table_of_a_withdrawn_text_is_gone(accounts, member, client):
    text = accounts()
    withdraw(text, member("reviewer", text.unit), "写错了")
    assert client.get(f"/d/{text.pk}/table/1.csv").status_code == 410
    assert "修路" not in client.get(f"/d/{text.pk}/table/1.csv").content.decode()


def test_what_was_asked_and_what_was_said(published, item, read):
    item.elements = "补贴对象；补贴结果；监督渠道"
    item.save()
    said = {"name": "补贴对象", "words": "全体村民", "nil": False, "reason": ""}
    nil = {"name": "补贴结果", "words": "", "nil": True, "reason": "没有人申请"}
    empty = {"name": "监督渠道", "words": "", "nil": False, "reason": ""}
    text = published(body=[("element", said), ("element", nil), ("element", empty)])
    page = read(text.get_absolute_url())
    assert "标准目录要求 3 项，已公开 1 项，1 项本期没有，1 项没有单独写。" in page
    assert "没有人申请" in page.split('class="check"')[1]


def test_a_list_of_names_is_not_blamed_for_what_stands_elsewhere(published, item, read):
    item.elements = "政策依据；申请条件"
    item.save()
    assert "标准目录要求" not in read(published(category="roster").get_absolute_url())


def attach(text, words: str, private: bool = False, state: str = TextState.READABLE) -> Attachment:
    file = Attachment.objects.create(title="名单表", file=ContentFile(b"%PDF-1.4 x", "list.pdf"), unit=text.unit, private=private)
    AttachmentText.objects.create(
        attachment=file, sha256=file.sha256, state=state, pages=[["第 1 页", words], ["第 2 页", "完"]], extracted_at=timezone.now()
    )
    return file


@pytest.fixture
def with_file(draft, member):
    def make(words: str = "张某某，补贴 300 元", **options):
        text = draft()
        file = attach(text, words, **options)
        text.body = [("text", "<p>见附件</p>"), ("file", file)]
        text.save_revision(clean=False).publish(user=member("reviewer", text.unit))
        text.refresh_from_db()
        return text, file

    return make


def test_an_attachment_says_what_it_is_and_can_be_read_without_opening_it(with_file, read, client):
    text, file = with_file()
    later = [["第 1 页", "李某的身份证号 11010519491231002X，补贴 300 元"], ["第 2 页", "完"]]
    AttachmentText.objects.filter(attachment=file).update(pages=later)  # read only after the text was public
    page = read(text.get_absolute_url())
    for words in ("PDF", "2 页", "10", "在线看文字版"):
        assert words in page.split("<h2>附件</h2>")[1]
    answer = client.get(f"/d/{text.pk}/files/{file.pk}/")
    words = answer.content.decode()
    assert "补贴 300 元" in words
    assert "11010519491231002X" not in words
    assert 'content="noindex"' in words


def test_words_of_files_that_are_not_public_are_nobody_s(with_file, published, member, client):
    text, file = with_file()
    other = published()
    assert client.get(f"/d/{other.pk}/files/{file.pk}/").status_code == 404
    Attachment.objects.filter(pk=file.pk).update(private=True)
    assert client.get(f"/d/{text.pk}/files/{file.pk}/").status_code == 404
    Attachment.objects.filter(pk=file.pk).update(private=False, sha256="0" * 64)
    assert client.get(f"/d/{text.pk}/files/{file.pk}/").status_code == 404, "words of another file than the present one"
    withdraw(text, member("reviewer", text.unit), "写错了")
    assert client.get(f"/d/{text.pk}/files/{file.pk}/").status_code == 410


def test_a_long_file_comes_in_pages_and_none_is_lost(with_file, read):
    text, file = with_file("\n".join(f"第{n}行{'字' * 50}" for n in range(1_000)))
    first, last = read(f"/d/{text.pk}/files/{file.pk}/"), read(f"/d/{text.pk}/files/{file.pk}/?page=9")
    assert "第0行" in first
    assert "第999行" not in first
    assert "第999行" in last
    assert "完" in last


def test_the_periods_before_and_after_are_one_tap_away(accounts, read):
    before, middle, after = (accounts(period=f"2025-Q{n}", title=f"第{n}季度的账") for n in (1, 2, 3))
    page = read(middle.get_absolute_url())
    beside = page.split('class="beside')[1].split("</nav>")[0]
    assert before.get_absolute_url() in beside
    assert after.get_absolute_url() in beside
    assert "后面还有新的一期" in page
    assert "后面还有新的一期" not in read(after.get_absolute_url())


def test_a_notice_tells_the_last_day_and_whom_to_call_and_later_that_it_is_over(published, village, tree, read):
    Unit.objects.filter(pk=village.pk).update(phone="0432-1", supervisor_phone="0432-2")
    Unit.objects.filter(pk=tree["搜登站镇"].pk).update(phone="0432-3")
    running = published(notice_from=TODAY - timedelta(days=10), notice_until=TODAY + timedelta(days=6))
    page = read(running.get_absolute_url())
    for words in ("还剩 6 天", "0432-1", "0432-2", "0432-3"):
        assert words in page
    over = published(notice_from=TODAY - timedelta(days=30), notice_until=TODAY - timedelta(days=1))
    assert "公示已结束" in read(over.get_absolute_url())


def test_a_withdrawn_text_says_why_and_where_the_right_one_is(accounts, member, read):
    wrong = accounts(title="错的账")
    withdraw(wrong, member("reviewer", wrong.unit), "金额写错，更正后重新公开")
    right = accounts(title="对的账")
    page = read(wrong.get_absolute_url(), 410)
    assert "金额写错" in page
    assert right.get_absolute_url() in page
    assert "错的账" not in page
    assert "修路" not in page


def test_the_page_costs_the_same_with_more_of_everything(accounts, correct, item, queries):
    text = accounts()
    queries(text.get_absolute_url())
    before = queries(text.get_absolute_url())
    item.elements = "；".join(f"第{n}项" for n in range(30))
    item.save()
    for quarter in (1, 2, 4):
        accounts(period=f"2025-Q{quarter}", title=f"第{quarter}季度的账")
    rows = [entry("out", f"第{n}笔", "1.00") for n in range(200)]
    for number in range(3):
        correct(text, body=[flow(*rows, opening="200.00", closing="0.00"), ACCOUNTS], note=f"第{number}次改")
    queries(text.get_absolute_url())  # the words that are not cut are read again once, after places or time have moved on
    assert queries(text.get_absolute_url()) == before
