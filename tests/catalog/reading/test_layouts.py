"""Layouts that issuers use and the given files do not show."""

import io
from datetime import datetime

import pytest
from docx import Document

from catalog.reading import read_bytes

from .builders import (
    LIMIT,
    TITLE,
    TWO_ROW_MERGES,
    TWO_ROWS,
    add_table,
    document,
    item,
    only,
    problems,
    standard,
    workbook,
)

ROWS = [item(1, "最低生活保障", "办事指南"), item(2, "最低生活保障", "审核信息"), item(3, "特困人员救助供养", "办事指南")]


def test_merges_and_ditto_are_expanded_and_blanks_are_not() -> None:
    first, second, third = only(
        standard(
            [
                item(1, "低保", "指南"),
                item(2, None, "名单", basis="同上", time_limit=None),
                item(3, "特困", "指南", basis="〃", publisher=""),
            ],
            ["B4:B5"],
        )
    )
    assert [row.level1 for row in (first, second, third)] == ["低保", "低保", "特困"]
    assert first.basis == second.basis == third.basis
    assert second.raw["basis"] == "同上"
    assert (second.time_limit, second.limit, third.publisher) == ("", None, "")


def test_ditto_in_the_first_row_needs_a_person() -> None:
    (row,) = only(standard([item(1, "低保", "指南", basis="同上")]))
    assert row.basis == ""
    assert any("同上" in problem for problem in row.problems)


def test_a_first_level_written_once_is_filled_down_and_said() -> None:
    reading = read_bytes(standard([item(1, "低保", "指南"), item(2, None, "名单"), item(3, "特困", "指南")]))
    assert [row.level1 for row in reading.rows] == ["低保", "低保", "特困"]
    assert "按上一行补上" in reading.sheets[0].remarks[0]


def test_a_row_without_any_name_needs_a_person_and_stops_filling_down() -> None:
    rows = only(standard([item(1, "低保", "指南"), item(2, None, "名单"), item(3, None, None)]))
    assert [row.level1 for row in rows] == ["低保", "", ""]
    assert all(any("没有写公开事项" in problem for problem in row.problems) for row in rows[1:])


def test_three_levels() -> None:
    head = ["序号", "一级事项", "二级事项", "三级事项", "公开内容（要素）", "公开时限", "公开主体"]
    rows = only(
        workbook(
            (
                "救助",
                [[TITLE], head, [1, "救助", "低保", "指南", "条件", LIMIT, "镇政府"], [2, None, None, "名单", "名单", LIMIT, "镇政府"]],
                ["A1:G1", "B3:B4", "C3:C4"],
            )
        )
    )
    assert [(row.level1, row.level2, row.level3) for row in rows] == [("救助", "低保", "指南"), ("救助", "低保", "名单")]


def test_three_header_rows() -> None:
    rows = [
        [TITLE],
        ["序号", "公开事项", None, None, "公开时限", "公开渠道和载体", "公开层级", None],
        [None, "事项名称", None, "内容要素", None, None, "镇村", None],
        [None, "一级事项", "二级事项", None, None, None, "镇级", "村级"],
        [1, "低保", "指南", "条件", LIMIT, "■政府网站 □其他", "√", "√"],
    ]
    merges = ["A1:H1", "B2:D2", "B3:C3", "G2:H2", "G3:H3", "A2:A4", "D3:D4", "E2:E4", "F2:F4"]
    (row,) = only(workbook(("Sheet1", rows, merges)))
    assert (row.level1, row.level2, row.elements, row.tiers) == ("低保", "指南", "条件", ("乡级", "村级"))
    assert row.problems == ()


@pytest.mark.parametrize("title", ["公开事项", "公开项目", "事项名称", "公 开\n事 项", "【公开事项】".strip("【】"), "公开事项名称"])
def test_one_level(title: str) -> None:
    (row,) = only(workbook(("村务公开", [["序号", title, "公开时间", "公开形式"], [1, "村规民约", "每季度", "村务公开栏"]], [])))
    assert (row.field, row.level1, row.level2) == ("村务公开", "村规民约", "")
    assert (row.limit.cadence, row.channels) == ("quarter", ("村务公开栏",))


def test_columns_in_any_order_with_full_width_titles_and_unknown_columns() -> None:
    head = ["公开时限", "责任单位", "公开渠道（载体）", "公开内容 （要素）", "二级事项", "一级事项", "政府网站 URL", "序　号", "对应职责"]
    values = [LIMIT, "民政办", "政府网站、公示栏", "条件", "指南", "低保", "无", 7, "救助科"]
    (row,) = only(workbook(("Sheet1", [[TITLE], head, values], ["A1:I1"])))
    assert (row.seq, row.level1, row.level2, row.elements, row.publisher) == ("7", "低保", "指南", "条件", "民政办")
    assert row.extra == {"政府网站 URL": "无", "对应职责": "救助科"}


def test_a_header_repeated_on_the_next_page_is_skipped() -> None:
    rows = [*TWO_PAGES[0], ["第1页 共2页"], [TITLE], *HEADER, *TWO_PAGES[1]]
    reading = read_bytes(standard(rows, ["A7:N7", *repeated_merges(8)]))
    (sheet,) = reading.sheets
    assert [row.seq for row in sheet.rows] == ["1", "2", "3"]
    assert sheet.rows[2].field == "社会救助"
    assert "第1页" in " ".join(sheet.notes)


def test_several_tables_in_one_sheet() -> None:
    rows = [*TWO_PAGES[0], [], ["青山镇养老服务领域基层政务公开标准目录"], *HEADER, *TWO_PAGES[1]]
    reading = read_bytes(standard(rows, ["A7:N7", *repeated_merges(8)]))
    assert [(sheet.field, len(sheet.rows)) for sheet in reading.sheets] == [("社会救助", 2), ("养老服务", 1)]


def repeated_merges(row: int) -> list[str]:
    return [area.format(row, row + 1) for area in TWO_ROW_MERGES]


def header_rows() -> list[list[object]]:
    return [list(row) for row in TWO_ROWS]


HEADER = header_rows()
TWO_PAGES = (ROWS[:2], ROWS[2:])


def test_section_rows_name_the_field() -> None:
    rows = [["一、社会救助领域"], ROWS[0], ["二、养老服务领域（1项）"], ROWS[1]]
    reading = read_bytes(standard(rows, ["A4:N4", "A6:N6"], title="青山镇基层政务公开标准目录"))
    assert [(row.field, row.level1) for row in reading.rows] == [("社会救助", "最低生活保障"), ("养老服务", "最低生活保障")]
    assert problems(reading) == []


def test_sections_that_are_not_merged() -> None:
    rows = [["一", "社会救助领域"], ROWS[0], ["二、养老服务领域"], ROWS[1]]
    reading = read_bytes(standard(rows, title="青山镇基层政务公开标准目录"))
    assert [row.field for row in reading.rows] == ["社会救助", "养老服务"]


def test_a_field_column_beats_title_and_sheet() -> None:
    rows = [
        [TITLE],
        ["序号", "领域", "一级事项", "二级事项"],
        [1, "养老服务", "补贴", "指南"],
        [2, None, "补贴", "名单"],
        [3, "就业创业", "招聘", "岗位"],
    ]
    reading = read_bytes(workbook(("义务教育", rows, ["A1:D1", "B3:B4"])))
    assert [row.field for row in reading.rows] == ["养老服务", "养老服务", "就业创业"]


@pytest.mark.parametrize(
    ("title", "sheet", "field"),
    [
        (TITLE, "Sheet1", "社会救助"),
        ("青山镇基层政务公开标准目录", "养老服务", "养老服务"),
        ("云南省牟定县凤屯镇农村危房改造领域基层政务公开标准目录（试行）", "1", "农村危房改造"),
        ("平川县城市综合执法领域基层政务公开标准目录", "Sheet1", "城市综合执法"),
        ("附件1：青山镇就业创业基层政务公开标准目录", "附件1", "就业创业"),
        ("青山镇人民政府义务教育领域基层政务公开事项标准目录（2023年版）", "目录", "义务教育"),
        ("红旗村村务公开事项目录", "Sheet1", "村务公开"),
    ],
)
def test_the_field_is_read_from_the_title_else_from_the_sheet(title: str, sheet: str, field: str) -> None:
    reading = read_bytes(standard(ROWS, title=title, sheet=sheet))
    assert {row.field for row in reading.rows} == {field}


def test_no_field_anywhere_is_a_problem_of_every_row() -> None:
    reading = read_bytes(standard(ROWS, title="基层政务公开标准目录", sheet="Sheet1"))
    assert [row.field for row in reading.rows] == ["", "", ""]
    assert all(any("领域" in problem for problem in row.problems) for row in reading.rows)


def test_several_sheets_and_a_cover() -> None:
    header = [area.format(2, 3) for area in ["A{0}:A{1}"]]
    body = [[TITLE], *HEADER, ROWS[0]]
    other = [["青山镇养老服务领域基层政务公开标准目录"], *HEADER, ROWS[1]]
    data = workbook(
        ("封面", [["青山镇基层政务公开标准目录"], ["二〇二三年"]], []), ("一", body, header), ("二", other, header), ("空", [], [])
    )
    reading = read_bytes(data)
    assert [(sheet.sheet, len(sheet.rows), sheet.field) for sheet in reading.sheets] == [
        ("封面", 0, ""),
        ("一", 1, "社会救助"),
        ("二", 1, "养老服务"),
    ]
    assert reading.sheets[0].notes == ("青山镇基层政务公开标准目录", "二〇二三年")


def test_a_table_without_a_header_beside_one_with_a_header_is_not_lost_silently() -> None:
    body = [[TITLE], *HEADER, ROWS[0]]
    reading = read_bytes(workbook(("一", body, []), ("二", [["甲", "乙", "丙"]] * 4, [])))
    assert len(reading.problems) == 1
    assert "二" in reading.problems[0]


def test_notes_signatures_and_totals_are_kept_and_end_nothing_early() -> None:
    rows = [ROWS[0], ["注：本目录自发布之日起施行。"], ROWS[1], ["合计", 2], ["填表人：", "某某", "审核人："], []]
    reading = read_bytes(standard(rows, ["A5:N5"]))
    assert [row.seq for row in reading.rows] == ["1", "2"]
    assert [note[:2] for note in reading.sheets[0].notes] == ["注：", "合计", "填表"]


def test_a_second_row_with_the_same_names_is_a_duplicate_in_its_field_only() -> None:
    first, second, other = only(standard([item(1, "低保", "指南"), item(2, "低保", "指南"), item(3, "低保", "名单")]))
    assert (first.problems, other.problems) == ((), ())
    assert "重复" in second.problems[0]
    assert "第 4 行" in second.problems[0]


def test_numbers_dates_and_line_breaks() -> None:
    (row,) = only(standard([item(1.0, "低保\n（城乡）", "指南", elements=datetime(2024, 5, 1), publisher=3.5)]))
    assert (row.seq, row.elements, row.publisher) == ("1", "2024-05-01", "3.5")
    assert row.raw["level1"] == "低保\n（城乡）"


def test_a_formula_without_a_result_needs_a_person() -> None:
    (row,) = only(standard([item(1, "低保", "指南", publisher="=A1&B1")]))
    assert any("公式" in problem for problem in row.problems)


def test_an_item_whose_channels_are_split_over_rows_is_one_item() -> None:
    rows = [item(1, "低保", "指南", channels="■政府网站"), [None] * 7 + ["□政府公报"], item(2, "低保", "名单")]
    merges = [f"{column}4:{column}5" for column in "ABCDEFGIJKLMN"]
    first, second = only(standard(rows, merges))
    assert (first.channels, first.raw["channels"]) == (("政府网站",), "■政府网站\n□政府公报")
    assert second.seq == "2"


def test_channels_as_columns_of_ticks() -> None:
    rows = [
        [TITLE],
        ["序号", "公开事项", "公开渠道和载体", None, None, "公开层级"],
        [None, None, "政府网站", "村公示栏（电子屏）", "其他", None],
        [1, "低保", "√", None, "√", "乡、村级"],
    ]
    (row,) = only(workbook(("Sheet1", rows, ["A1:F1", "C2:E2", "A2:A3", "B2:B3", "F2:F3"])))
    assert row.channels == ("政府网站", "其他")
    assert row.tiers == ("乡级", "村级")


TABLE = [
    ["序号", "公开事项", None, "公开时限", "公开渠道和载体", "公开对象", None, "公开层级"],
    [None, "一级事项", "二级事项", None, None, "全社会", "特定群众", None],
    ["1", "低保", "指南", LIMIT, "■政府网站\n□其他", "√", None, "镇级、村级"],
    ["2", None, "名单", "公示期不少于7天", "R政府网站\n£其他", None, "√", "村级"],
]
TABLE_MERGES = [(0, 1, 0, 2), (0, 5, 0, 6), (0, 0, 1, 0), (0, 3, 1, 3), (0, 4, 1, 4), (0, 7, 1, 7), (2, 1, 3, 1)]


def check_table(reading) -> None:
    first, second = reading.rows
    assert (first.field, first.level1, first.level2) == ("社会救助", "低保", "指南")
    assert (second.level1, second.level2, second.seq) == ("低保", "名单", "2")
    assert first.channels == second.channels == ("政府网站",)
    assert (first.audience, second.audience) == (("全社会",), ("特定群体",))
    assert (first.tiers, second.tiers) == (("乡级", "村级"), ("村级",))
    assert second.limit.display_days == 7
    assert problems(reading) == []


def test_a_document() -> None:
    reading = read_bytes(document(TABLE, TABLE_MERGES, after=["注：按标注范围公开。"]))
    check_table(reading)
    assert reading.sheets[0].notes == ("注：按标注范围公开。",)


def page(charset: str = "utf-8") -> str:
    return f"""<html><head><meta charset="{charset}"><title>某县人民政府</title></head><body><div>首页 > 公开</div>
    <table><tr><td><p><span>青山镇社会救助</span><span>领域基层政务公开标准目录</span></p>
    <table border=1>
    <tr><td rowspan=2>序号</td><td colspan=2>公开事项</td><td rowspan=2>公开时限</td><td rowspan=2>公开渠道和载体</td>
    <td colspan=2>公开对象</td><td rowspan=2>公开层级</td></tr>
    <tr><td>一级事项</td><td>二级事项</td><td>全社会</td><td>特定群众</td></tr>
    <tr><td>1</td><td rowspan=2>低保</td><td>指南</td><td>{LIMIT}</td><td>■政府网站<br>□其他</td><td>√</td><td>&nbsp;</td><td>镇级、村级</td></tr>
    <tr><td>2</td><td>名单</td><td>公示期不少于7天</td><td><p>R政府网站</p><p>£其他</p></td><td></td><td>√</td><td>村级</td></tr>
    </table></td></tr></table><p>注：按标注范围公开。</p></body></html>"""


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "gbk"), ("utf-8", "gb18030"), ("utf-8", "utf-8-sig"), ("utf-16", "utf-16")],
)
def test_a_page_in_any_encoding(declared: str, encoding: str) -> None:
    text = page(declared).replace("£", "&pound;") if encoding in ("gbk",) else page(declared)
    reading = read_bytes(text.encode(encoding))
    check_table(reading)
    assert reading.sheets[0].notes[-1] == "注：按标注范围公开。"


def test_a_page_with_one_broken_character_is_read_and_the_cell_is_named() -> None:
    data = page().encode()
    at = data.index("名单".encode())
    reading = read_bytes(data[: at + 2] + b"\xff" + data[at + 3 :])
    assert len(reading.rows) == 2
    assert any("乱码" in problem for problem in reading.rows[1].problems)


def test_a_document_whose_table_was_cut_in_two() -> None:
    paper = Document()
    paper.add_paragraph(TITLE)
    add_table(paper, TABLE[:3], TABLE_MERGES[:-1])
    add_table(paper, [["2", "低保", "名单", "每季度", "公示栏", None, "√", "村级"]])
    stream = io.BytesIO()
    paper.save(stream)
    (sheet,) = read_bytes(stream.getvalue()).sheets
    assert [(row.seq, row.level2, row.field) for row in sheet.rows] == [("1", "指南", "社会救助"), ("2", "名单", "社会救助")]


def test_a_document_with_a_table_for_each_field() -> None:
    paper = Document()
    paper.add_paragraph("青山镇基层政务公开标准目录")
    for heading in ("一、社会救助领域", "二、养老服务"):
        paper.add_paragraph(heading)
        add_table(paper, TABLE[:3], TABLE_MERGES[:-1])
    stream = io.BytesIO()
    paper.save(stream)
    reading = read_bytes(stream.getvalue())
    assert [row.field for row in reading.rows] == ["社会救助", "养老服务"]
    assert problems(reading) == []


def test_a_header_repeated_without_its_merges_and_title() -> None:
    (sheet,) = read_bytes(standard([ROWS[0], *HEADER, ROWS[1]])).sheets
    assert [row.seq for row in sheet.rows] == ["1", "2"]


def test_two_tables_side_by_side() -> None:
    rows = [
        ["村务公开目录"],
        ["序号", "公开事项", "公开时限", None, "序号", "公开事项", "公开时限"],
        [1, "村规民约", "每年", None, 2, "财务收支", "每月"],
    ]
    reading = read_bytes(workbook(("村务公开", rows, ["A1:G1"])))
    assert [(row.seq, row.level1, row.limit.cadence, row.field) for row in reading.rows] == [
        ("1", "村规民约", "year", "村务公开"),
        ("2", "财务收支", "month", "村务公开"),
    ]
    assert problems(reading) == []


def test_a_list_under_headings_whose_title_names_the_field() -> None:
    rows = [["红旗村村务公开事项目录"], ["序号", "公开事项"], ["一、制度类"], [1, "村规民约"], ["二、事务类"], [1, "村情简介"]]
    reading = read_bytes(workbook(("Sheet1", rows, ["A1:B1", "A3:B3", "A5:B5"])))
    assert [(row.field, row.level1, row.level2) for row in reading.rows] == [
        ("村务公开", "制度类", "村规民约"),
        ("村务公开", "事务类", "村情简介"),
    ]


def test_columns_numbered_below_their_titles() -> None:
    rows = [[TITLE], ["序号", "公开事项", "公开内容", "公开时限", "公开主体"], [1, 2, 3, 4, 5], [1, "低保", "条件", LIMIT, "镇政府"]]
    (row,) = only(workbook(("Sheet1", rows, ["A1:E1"])))
    assert (row.number, row.level1) == (4, "低保")


def test_a_cell_across_two_levels_names_one() -> None:
    first, second = only(standard([item(1, "整体情况", None), item(2, "低保", "指南")], ["B4:C4"]))
    assert (first.level1, first.level2, second.level2) == ("整体情况", "", "指南")


def test_a_table_that_starts_in_column_b_below_a_wide_title() -> None:
    rows = [
        [None, "青山镇基层政务公开标准目录"],
        [None, "序号", "一级事项", "二级事项", "公开主体/责任单位"],
        [None, "一、社会救助领域"],
        [None, 1, "低保", "指南", "镇政府"],
        [None, 2],
        [None, "本表由镇政府解释"],
    ]
    reading = read_bytes(workbook(("Sheet1", rows, ["B1:AZ1"])))
    (row,) = reading.rows
    assert (row.field, row.level1, row.level2, row.publisher, row.problems) == ("社会救助", "低保", "指南", "镇政府", ())
    assert reading.sheets[0].notes == ("本表由镇政府解释",)
    assert "只有序号" in reading.sheets[0].remarks[0]


@pytest.mark.parametrize("sheet", ["Sheet1 (2)", "Table 1", "附件1", "目录（乡镇）", "乡镇", "红旗村", "凤屯镇", "封面"])
def test_a_sheet_named_after_a_number_or_a_place_names_no_field(sheet: str) -> None:
    reading = read_bytes(standard(ROWS, title="基层政务公开标准目录", sheet=sheet))
    assert {row.field for row in reading.rows} == {""}


def test_a_line_that_names_the_field() -> None:
    reading = read_bytes(standard(ROWS, title="公开领域：养老服务"))
    assert {row.field for row in reading.rows} == {"养老服务"}


def test_a_page_whose_catalogue_has_a_table_inside_a_cell() -> None:
    inner = "<table><tr><td>条件</td><td>流程</td></tr></table>"
    html = f"<table><tr><td>序号<td>领域<td>公开事项<td>公开内容<tr><td>1<td>社会救助<td>低保<td>{inner}</table>"
    (row,) = read_bytes(html.encode()).rows
    assert (row.level1, row.elements) == ("低保", "条件\n流程")
