"""A spreadsheet of disclosures: what the dry run says of each row, and what comes in."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from openness.disclosures.models import Disclosure
from openness.imports.models import ImportJob, ImportRow
from openness.imports.services.decide import begin_import
from openness.imports.services.workbooks import write_answer, write_template
from openness.units.refusal import Refused
from tests.conftest import make_item

from .conftest import HEAD, TODAY, bring, checked, imported, row, said, work, workbook

pytestmark = pytest.mark.django_db
IDENTITY = "11010519491231002X"


def test_a_good_file_becomes_drafts_of_the_person(clerk, village):
    job = checked(clerk, row(), row(标题="2025年宅基地审批情况", 类别="工作情况", 文号="搜政〔2025〕3号", 内容="第一段\n第二段"))
    assert (job.good, job.bad, job.phase) == (2, 0, "checked")
    assert not Disclosure.objects.exists()
    job = imported(job)
    assert (job.phase, job.imported) == ("done", 2)
    first, second = Disclosure.objects.order_by("pk")
    assert (first.unit, first.author, first.live, first.formed_on) == (village, clerk, False, date(2026, 1, 5))
    assert (second.category, second.document_number) == ("report", "搜政〔2025〕3号")
    assert second.body[0].value.source == "<p>第一段</p><p>第二段</p>"
    assert first.county.short_name == "船营区"
    assert first.get_latest_revision_as_object().title == first.title
    assert first.has_unpublished_changes


def test_drafts_go_the_laws_way(clerk, member, village):
    """Sent in like every text, and refused by whoever brought it in."""
    imported(checked(clerk, row()))
    text = Disclosure.objects.get()
    text.get_workflow().start(text, clerk)
    assert Disclosure.objects.get().current_workflow_state is not None
    assert not text.receipts.exists()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"单位": "搜登村"}, "没有叫“搜登村”的单位。是不是“搜登站村”"),
        ({"单位": "大绥河村"}, "“大绥河村”不归您管"),
        ({"单位": ""}, "没有写单位"),
        ({"公开事项": "宅基地审批"}, "没有“宅基地审批”。是不是“宅基地审批情况”？"),
        ({"公开事项": "县里的事"}, "公开目录里没有“县里的事”"),
        ({"公开事项": ""}, "没有写公开事项"),
        ({"标题": ""}, "没有写“标题”"),
        ({"标题": "长" * 201}, "“标题”太长，最多 200 个字"),
        ({"内容": ""}, "没有写“内容”"),
        ({"信息形成日期": ""}, "没有写“信息形成日期”"),
        ({"信息形成日期": "上个月"}, "“上个月”不是日期"),
        ({"信息形成日期": "2026-02-30"}, "“2026-02-30”不是日期"),
        ({"信息形成日期": (TODAY + timedelta(days=3)).isoformat()}, "信息形成日期不能晚于今天"),
        ({"类别": "杂项"}, "类别“杂项”没有"),
        ({"期次": "那一期"}, "期次“那一期”看不懂"),
        ({"公示开始": "2026-03-01"}, "要一起填"),
        ({"公示开始": "2026-03-01", "公示结束": "2026-03-03"}, "不得少于 15 天"),
        ({"公示期满后撤下": "也许"}, "请写“是”或者“否”"),
    ],
)
def test_what_is_wrong_is_said_in_words(clerk, cells, words):
    make_item(name="县里的事", tiers=("县级",))
    job = checked(clerk, row(**cells))
    assert job.bad == 1
    assert any(words in sentence for sentence in said(job)[2]), said(job)


def test_a_period_must_be_of_the_items_length(clerk, finance):
    good = row(公开事项="村级财务 · 村级财务收支", 期次="2026年第一季度", 标题="第一季度财务收支")
    job = checked(
        clerk, good, row(公开事项="村级财务收支", 期次="2026年2月", 标题="二月财务收支"), row(公开事项="村级财务收支", 标题="财务收支")
    )
    words = said(job)
    assert words[2] == []
    assert "这一项按季度公开，“2026年2月”不是它的期次。" in words[3]
    assert "这一项要定期公开，请选公开的是哪一期。" in words[4]


@pytest.mark.parametrize("cell", ["2026-Q3", "2026年第三季度", "2026年第3季度", "2026Q3", "2026年三季度", " 2026 年第三季度 "])
def test_periods_as_people_write_them(clerk, finance, cell):
    from openness.imports.services.values import period_of_cell

    assert period_of_cell(cell) == "2026-Q3"


def test_other_periods():
    from openness.imports.services.values import period_of_cell

    assert [period_of_cell(cell) for cell in ("2026年10月", "2026-3", "2026年", "2026", "2026年上半年", "")] == [
        "2026-10", "2026-03", "2026", "2026", "2026-H1", "",
    ]  # fmt: skip


def test_numbers_of_persons_are_masked_in_what_is_said(clerk):
    job = checked(clerk, row(内容=f"张某，身份证 {IDENTITY}"), row(单位=IDENTITY, 标题="另一条"))
    assert job.bad == 2
    assert any("个人" in sentence or "身份证" in sentence for sentence in said(job)[2])
    assert IDENTITY not in str(said(job))


def test_the_same_twice_names_the_first(clerk):
    job = checked(clerk, row(), row(), row(标题="2026年 宅基地审批情况"))
    assert [bool(words) for words in said(job).values()] == [False, True, True]
    assert "和第 2 行重复" in said(job)[4][0]


def test_what_is_there_already(clerk, draft, published):
    draft(title="2026年宅基地审批情况")
    published(title="2025年宅基地审批情况")
    job = checked(clerk, row(), row(标题="2025年宅基地审批情况"))
    assert "已经有草稿了" in said(job)[2][0]
    assert "已经公开了" in said(job)[3][0]


def test_units_by_code_and_by_the_templates_words(clerk, village):
    rows = [row(单位=cell, 标题=f"第{n}条") for n, cell in enumerate(["220204101201", "搜登站村（220204101201）", "搜登站村委会"])]
    assert checked(clerk, *rows).good == 3


def test_all_or_nothing(clerk):
    job = checked(clerk, row(), row(单位="没有村"))
    with pytest.raises(Refused, match="还有 1 行要改"):
        begin_import(job, "all")
    assert not Disclosure.objects.exists()


def test_only_the_good_ones(clerk):
    job = imported(checked(clerk, row(), row(单位="没有村"), row(标题="又一条")), "good")
    assert (job.imported, job.bad) == (2, 1)
    assert Disclosure.objects.count() == 2


def test_who_loses_the_unit_after_the_dry_run_imports_nothing(clerk):
    """All were wanted: what had come in goes again, and the page says why."""
    job = checked(clerk, row(), row(标题="又一条"))
    clerk.memberships.all().delete()
    job = imported(job)
    assert (job.phase, job.imported, Disclosure.objects.count()) == ("undone", 0, 0)
    assert "不归您管" in job.said[0]


def test_somebody_writes_the_same_meanwhile(clerk, draft):
    job = checked(clerk, row(), row(标题="又一条"))
    draft(title="又一条")
    job = imported(job, "good")
    assert (job.imported, job.bad) == (1, 1)


def test_two_clicks_import_once(clerk):
    job = checked(clerk, row())
    begin_import(job, "all")
    with pytest.raises(Refused, match="已经到下一步"):
        begin_import(job, "all")
    work(job)
    assert Disclosure.objects.count() == 1


def test_the_template_is_made_for_the_person(clerk, finance, tree):
    stream = io.BytesIO()
    write_template(clerk, TODAY, stream)
    book = load_workbook(io.BytesIO(stream.getvalue()))
    assert book.sheetnames == ["填这里", "怎么填", "选项"]
    assert [cell.value for cell in book["填这里"][1]] == HEAD
    assert book["选项"].sheet_state == "hidden"
    units = [cell.value for cell in book["选项"]["A"]]
    assert "搜登站村（220204101201）" in units
    assert not any("大绥河" in (name or "") for name in units)
    assert len(book["填这里"].data_validations.dataValidation) == 5
    assert book["填这里"].column_dimensions["A"].width > 20


def test_the_template_comes_back_without_its_example(clerk):
    stream = io.BytesIO()
    write_template(clerk, TODAY, stream)
    book = load_workbook(io.BytesIO(stream.getvalue()))
    for place, cell in enumerate(row(), start=1):
        book["填这里"].cell(3, place, cell)
    filled = io.BytesIO()
    book.save(filled)
    job = work(bring(clerk, filled.getvalue()))
    assert (job.total, job.good) == (1, 1)


def test_an_empty_template_is_refused(clerk):
    stream = io.BytesIO()
    write_template(clerk, TODAY, stream)
    with pytest.raises(Refused, match="没有一行内容"):
        bring(clerk, stream.getvalue())
    assert not ImportJob.objects.exists()


def test_the_answer_can_be_corrected_and_sent_again(clerk):
    job = checked(clerk, row(单位="没有村", 内容="=1+1"), row(标题="好的"))
    stream = io.BytesIO()
    write_answer(job, stream)
    sheet = load_workbook(io.BytesIO(stream.getvalue()))["填这里"]
    assert [cell.value for cell in sheet[1]] == [*HEAD, "要改的地方"]
    assert sheet.max_row == 2
    assert "第 2 行：没有叫“没有村”的单位" in sheet.cell(2, len(HEAD) + 1).value
    body = sheet.cell(2, HEAD.index("内容") + 1)
    assert (body.value, body.data_type, body.quotePrefix) == ("=1+1", "s", True)
    sheet.cell(2, 1, "搜登站村")
    again = io.BytesIO()
    sheet.parent.save(again)
    assert work(bring(clerk, again.getvalue())).total == 1


def test_formulas_bring_their_value(clerk):
    stream = io.BytesIO()
    import xlsxwriter

    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for number, cells in enumerate([HEAD, row(标题="")]):
        sheet.write_row(number, 0, cells)
    sheet.write_formula(1, 2, '=CONCATENATE("算","出来的")', None, "算出来的")
    book.close()
    imported(work(bring(clerk, stream.getvalue())))
    assert Disclosure.objects.get().title == "算出来的"


def test_a_head_in_another_order_below_a_title(clerk):
    head = list(reversed(HEAD))
    data = workbook(head, list(reversed(row())), head=["2026年公开内容汇总表"])
    assert work(bring(clerk, data)).good == 1


def test_csv_of_an_office(clerk):
    text = "\n".join(",".join(cells) for cells in (HEAD, row()))
    for encoding in ("utf-8-sig", "gbk", "utf-16"):
        job = work(bring(clerk, text.encode(encoding), "表.csv"))
        assert job.good == 1, encoding


def test_missing_columns_are_named(clerk):
    with pytest.raises(Refused, match="没有找到这几列：标题、信息形成日期"):
        bring(clerk, workbook(["搜登站村", "宅基地审批情况", "批准"], head=["单位", "公开事项", "内容"]))
    assert not ImportRow.objects.exists()
