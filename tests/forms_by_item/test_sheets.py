"""The reader of pasted tables: what people really copy, what goes out comes back, and what cannot be read is said."""

import io
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from openness.disclosures.blocks.ledger import FLOW, PLAN, STOCK
from openness.disclosures.extraction.result import Unreadable
from openness.disclosures.services.attachment_texts import reading_limits
from openness.disclosures.sheets import Kind, fit, from_html, from_text, from_workbook, guess, to_text
from openness.disclosures.sheets.cells import Unread, read_cell

from .conftest import CASH_BOOK


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1,234.50", "1234.50"), ("￥12,600", "12600.00"), ("¥ 35.2元", "35.20"), ("１８，４００．５０", "18400.50"), ("(120.00)", "-120.00"),
        ("人民币100元整", "100.00"), ("-", ""), ("——", ""), ("", ""), ("  ", ""), ("+5", "5.00"), ("0", "0.00"), (".5", "0.50"),
    ],
)  # fmt: skip
def test_amounts_in_all_their_forms(written, read):
    assert read_cell(written, Kind.MONEY) == read


@pytest.mark.parametrize("written", ["三百", "1.2E+05", "12,34.5", "1.234", "1 2/3", "100左右", "12.3.4", "９" * 20])
def test_what_is_no_amount_is_never_guessed(written):
    with pytest.raises(Unread):
        read_cell(written, Kind.MONEY)


@pytest.mark.parametrize(
    "written",
    ["2026-9-3", "2026/9/3", "2026.9.3", "2026年9月3日", "2026 年 9 月 3 日", "9月3日", "9月3号", "9/3", "20260903", "46268", "２０２６／９／３", "2026-09-03 00:00"],
)  # fmt: skip
def test_days_in_all_their_forms(written):
    assert read_cell(written, Kind.DATE, 2026) == "2026-09-03"


@pytest.mark.parametrize("written", ["2026-2-30", "13月1日", "9.3", "去年", "12345678", "9"])
def test_what_is_no_day_is_never_guessed(written):
    with pytest.raises(Unread):
        read_cell(written, Kind.DATE, 2026)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_from_the_number_that_excel_keeps(day):
    assert read_cell(str((day - date(1899, 12, 30)).days), Kind.DATE) == day.isoformat()


def test_a_cash_book_becomes_entries_with_their_sides():
    taken = fit(from_text(CASH_BOOK), FLOW, year=2026)
    assert [(row["day"], row["subject"], row["side"], row["amount"], row["voucher"]) for row in taken.rows] == [
        ("2026-07-03", "机动地承包费", "in", "12600.00", "记-1"),
        ("2026-08-05", "村内道路修补", "out", "18400.50", "记-2"),
        ("2026-09-05", "利息", "in", "35.20", "记-3"),
    ]
    assert taken.said == ["读到 3 行。", "第 6 行是合计或结余，没有当作一笔。"]
    assert taken.unread == []


def test_sections_give_the_entries_below_them_their_side():
    text = "科目\t金额\n一、收入\t\n租金\t100\n二、支出\t\n办公费\t30\n"
    assert [(row["subject"], row["side"]) for row in fit(from_text(text), FLOW).rows] == [("租金", "in"), ("办公费", "out")]


def test_one_column_of_expenditure_is_the_amount_and_tells_the_side():
    taken = fit(from_text("日期\t摘要\t支出（元）\n7月3日\t修路\t30"), FLOW, year=2026)
    assert [(row["side"], row["amount"]) for row in taken.rows] == [("out", "30.00")]
    taken = fit(from_text("摘要\t收入还是支出\t金额\n修路\t支出\t30"), FLOW, year=2026)
    assert [(row["side"], row["amount"]) for row in taken.rows] == [("out", "30.00")]


def test_a_side_that_nobody_says_is_the_table_s():
    assert [row["side"] for row in fit(from_text("科目\t金额\n办公费\t30"), FLOW, side="out").rows] == ["out"]


def test_ten_thousands_become_yuan_and_that_is_said():
    taken = fit(from_text("项目\t金额（万元）\n修路\t1.25"), PLAN)
    assert taken.rows[0]["amount"] == "12500.00"
    assert "表头写的是万元，已经换成元。" in taken.said


def test_what_cannot_be_read_stays_as_written_and_is_said_by_row():
    taken = fit(from_text("日期\t摘要\t收入\t支出\n上周\t租金\t三百\t\n"), FLOW, year=2026)
    assert (taken.rows[0]["day"], taken.rows[0]["amount"]) == ("上周", "三百")
    assert taken.unread == ["第 2 行：日期“上周”看不懂，请改一下。", "第 2 行：金额（元）“三百”看不懂，请改一下。"]


def test_columns_without_a_place_are_named():
    assert "这几列没有地方放，没有读：余额。" in fit(from_text("日期\t摘要\t收入\t支出\t余额\n7月1日\t租金\t1\t\t9"), FLOW, year=2026).said


def test_without_a_heading_the_order_counts_and_is_said():
    taken = fit(from_text("修路\t300\n清沟\t50"), PLAN)
    assert [row["amount"] for row in taken.rows] == ["300.00", "50.00"]
    assert "没有看到表头" in taken.said[1]


def test_a_cell_with_a_line_break_or_a_quotation_mark_is_one_cell():
    assert from_text('名称\t说明\n"甲\n乙"\t"他说""好"""\n\n丙\t丁') == [["名称", "说明"], ["甲\n乙", '他说"好"'], ["丙", "丁"]]


def test_html_of_the_clipboard_with_merged_and_blank_rows():
    html = """<html><style>td{mso:1}</style><table><tr><td colspan=3>补贴发放表</td></tr><tr><td>组别</td><td>户主</td><td>金额(元)</td></tr>
    <tr><td rowspan=2>一组</td><td>张某</td><td>1,200.00&nbsp;</td></tr><tr><td>李<br>某</td><td>30</td></tr><tr><td></td><td></td><td></td></tr></table>"""
    made = guess(from_html(html))
    assert made.caption == "补贴发放表"
    assert made.columns == [(Kind.TEXT, "组别"), (Kind.TEXT, "户主"), (Kind.MONEY, "金额(元)")]
    assert made.rows == [["一组", "张某", "1200.00"], ["一组", "李\n某", "30.00"]]


def test_an_identifier_is_no_number():
    made = guess(from_text("户主\t卡号\t编号\n张某\t62220204\t001\n李某\t1\t002"))
    assert [kind for kind, _heading in made.columns] == [Kind.TEXT, Kind.TEXT, Kind.TEXT]
    assert made.rows[0] == ["张某", "62220204", "001"]


def workbook(tmp_path: Path, rows, *, merge: str = "") -> Path:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    path = tmp_path / "没有后缀"
    book.save(path)
    return path


def test_a_workbook_is_read_with_days_numbers_and_merged_cells(tmp_path):
    rows = [["日期", "摘要", "收入", "支出"], [date(2026, 7, 3), "租金", 0.1 + 0.2, None], [None, "利息", 12600, None]]
    taken = fit(from_workbook(workbook(tmp_path, rows, merge="A2:A3"), reading_limits()), FLOW)
    assert [(row["day"], row["amount"]) for row in taken.rows] == [("2026-07-03", "0.30"), ("2026-07-03", "12600.00")]


def test_what_is_no_workbook_is_refused(tmp_path):
    for name, data in (("a.xlsx", b"PK\x03\x04kaputt"), ("b.pdf", b"%PDF-1.7\n")):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(Unreadable):
            from_workbook(path, reading_limits())


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=' "\n'), min_size=1, max_size=12).map(
    lambda text: read_cell(text, Kind.TEXT)
)
FILLED = WORDS.filter(lambda word: word.strip() and not word[0].isdigit())
MONEY = st.integers(0, 10**10).map(lambda cents: str(Decimal(cents).scaleb(-2).quantize(Decimal("0.01"))))
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(date.isoformat)


def is_entry(row):
    """No row that people write under or between the entries."""
    taken = fit([[one.label for one in FLOW], [row[one.name] for one in FLOW]], FLOW)
    return bool(taken.rows)


ENTRIES = st.fixed_dictionaries(
    {
        "day": DAYS | st.just(""), "subject": FILLED, "side": st.sampled_from(["in", "out"]), "amount": MONEY,
        "party": WORDS | st.just(""), "voucher": WORDS | st.just(""), "note": WORDS | st.just(""),
    }
).filter(is_entry)  # fmt: skip


@given(st.lists(ENTRIES, min_size=1, max_size=20))
def test_what_goes_out_as_text_comes_back_equal(rows):
    sides = {"in": "收入", "out": "支出"}
    text = to_text([one.label for one in FLOW], [[sides.get(row[one.name], row[one.name]) for one in FLOW] for row in rows])
    taken = fit(from_text(text), FLOW)
    assert taken.rows == rows
    assert taken.unread == []


@given(st.lists(st.tuples(FILLED, MONEY, DAYS), min_size=1, max_size=15))
def test_a_free_table_comes_back_with_its_kinds(rows):
    made = guess(from_text(to_text(["名称", "金额（元）", "发放日期"], rows)))
    assert [kind for kind, _heading in made.columns][1:] == [Kind.MONEY, Kind.DATE]
    assert [tuple(row) for row in made.rows] == rows


@settings(deadline=None, max_examples=40)
@given(st.lists(ENTRIES, min_size=1, max_size=10))
def test_what_goes_out_as_a_workbook_comes_back_equal(rows):
    book = Workbook()
    book.active.append([one.label for one in FLOW])
    for row in rows:
        book.active.append([row[one.name] or None for one in FLOW])
    for line in book.active.iter_rows(min_row=2):
        for cell in line:
            cell.data_type = "s" if cell.value is not None else "n"
    data = io.BytesIO()
    book.save(data)
    with tempfile.NamedTemporaryFile() as file:
        file.write(data.getvalue())
        file.flush()
        assert fit(from_workbook(Path(file.name), reading_limits()), FLOW).rows == rows


@given(st.text(max_size=300), st.sampled_from([FLOW, STOCK, PLAN]))
def test_no_text_fells_the_reader_and_no_word_of_a_row_is_lost(text, columns):
    cells = from_text(text)
    fit(cells, columns, year=2026)
    made = guess(cells)
    assert sum(len(row) for row in made.rows) == len(made.rows) * len(made.columns)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 3))
def test_a_day_without_a_year_is_of_the_period_s_year(day, form):
    written = [f"{day.month}月{day.day}日", f"{day.month}/{day.day}", f"{day.month}-{day.day}", f"{day.month}月{day.day}号"][form]
    assert read_cell(written, Kind.DATE, 2026) == day.isoformat()
    assert date.fromisoformat(read_cell(written, Kind.DATE, 2026)) - day == timedelta(0)
