"""Read, write, read: whatever layout and rows, nothing is lost and everything is understood the same."""

import contextlib
import io
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.reading import Column, Reading, Refused, read_bytes
from catalog.writing import SheetToWrite, sheet_to_write, write_catalogue

TITLES = {
    "field": ("领域", ""), "level1": ("公开事项", "一级事项"), "level2": ("公开事项", "二级事项"), "level3": ("公开事项", "三级事项"),
    "elements": ("公开内容(要素)", ""), "basis": ("公开依据", ""), "time_limit": ("公开时限", ""), "publisher": ("公开主体", ""),
    "channels": ("公开渠道和载体", ""), "audience:全社会": ("公开对象", "全社会"), "audience:特定群体": ("公开对象", "特定群体"),
    "method:主动公开": ("公开方式", "主动公开"), "tier:县级": ("公开层级", "县级"), "tier:乡、村级": ("公开层级", "乡、村级"),
    "extra:咨询电话": ("咨询电话", ""), "extra:五公开/决策": ("五公开", "决策"),
}  # fmt: skip
GROUPED = [("level1", "level2", "level3"), ("audience:全社会", "audience:特定群体"), ("tier:县级", "tier:乡、村级")]
NAMES = st.sampled_from(["低保", "办事指南", "政策文件", "1.就业信息服务", "条件、标准与程序", "审核\n信息"])
TEXT = st.sampled_from(
    ["", "《社会救助暂行办法》", "镇人民政府", "一、条件\n二、流程", "=1+1", "0505", "同上", "https://example.org/", "(原文截断)"]
)
CELLS = {
    "field": st.sampled_from(["社会救助", "养老服务", ""]),
    "level1": NAMES, "level2": st.one_of(NAMES, st.just("")), "level3": st.one_of(NAMES, st.just("")),
    "time_limit": st.sampled_from(["", "信息形成之日起20个工作日内", "每季度", "按要求", "同上"]),
    "channels": st.sampled_from(["", "■政府网站\n□其他", "R政府网站\n£其他", "政府网站、村公示栏", "□政府网站 □其他"]),
}  # fmt: skip
TICK = st.sampled_from(["", "√", "×", "面向本村村民", "x"])


@st.composite
def layouts(draw: st.DrawFn) -> list[Column]:
    optional = [key for key in TITLES if key != "level1"]
    chosen = {"level1", *draw(st.lists(st.sampled_from(optional), unique=True))}
    groups = [[key for key in group if key in chosen] for group in GROUPED]
    single = [[key] for key in chosen if not any(key in group for group in GROUPED)]
    blocks = draw(st.permutations(sorted(group for group in (*groups, *single) if group)))
    columns = [Column(key, key.split(":")[0] if key.startswith("extra") else key, TITLES[key]) for block in blocks for key in block]
    return [Column("seq", "seq", ("序号", "")), *columns]


@st.composite
def tables(draw: st.DrawFn) -> SheetToWrite:
    layout = draw(layouts())
    rows = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        row = {column.key: draw(CELLS.get(column.key, TICK if ":" in column.key else TEXT)) for column in layout if column.key != "seq"}
        rows.append({"seq": str(number), **row})
    notes = draw(st.lists(st.sampled_from(["注：在标注范围内至少选择其一公开。", "填表人：某某"]), unique=True))
    title = draw(st.sampled_from(["青山镇社会救助领域基层政务公开标准目录", "青山镇基层政务公开标准目录", ""]))
    return SheetToWrite(draw(st.sampled_from(["社会救助", "Sheet1", "目录"])), title, layout, rows, notes)


def written(sheets: list[SheetToWrite]) -> Reading:
    stream = io.BytesIO()
    write_catalogue(sheets, stream)
    return read_bytes(stream.getvalue())


@settings(max_examples=60, deadline=None)
@given(tables())
def test_written_cells_are_read_as_they_were(table: SheetToWrite) -> None:
    (sheet,) = written([table]).sheets
    assert [column.key for column in sheet.layout] == [column.key for column in table.layout]
    assert [dict(row.raw) for row in sheet.rows] == table.rows
    assert list(sheet.notes) == list(table.notes)
    assert sheet.title == table.title


@settings(max_examples=60, deadline=None)
@given(tables())
def test_reading_what_was_read_and_written_is_the_same_reading(table: SheetToWrite) -> None:
    reading = written([table])
    assert written([sheet_to_write(sheet) for sheet in reading.sheets]) == reading


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_row_is_lost_and_what_is_doubtful_is_said(table: SheetToWrite) -> None:
    rows = written([table]).rows
    assert [row.seq for row in rows] == [row["seq"] for row in table.rows]
    for row in rows:
        assert row.limit is not None or not row.time_limit or any("期限" in problem for problem in row.problems)
        assert row.field or any("领域" in problem for problem in row.problems)
        assert row.channels or not row.raw.get("channels") or any("渠道" in problem for problem in row.problems)


@cache
def small_workbook() -> bytes:
    stream = io.BytesIO()
    head = {"seq": "序号", "level1": "一级事项", "time_limit": "公开时限"}
    row = {"seq": "1", "level1": "低保", "time_limit": "每季度"}
    write_catalogue([SheetToWrite("社会救助", "", [Column(key, key, (title,)) for key, title in head.items()], [row])], stream)
    return stream.getvalue()


SHARES = st.floats(0, 1, exclude_max=True)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.tuples(SHARES, st.integers(0, 255)), max_size=4), SHARES)
def test_a_file_damaged_anywhere_is_read_or_refused_and_nothing_else(changes: list[tuple[float, int]], cut: float) -> None:
    damaged = bytearray(small_workbook())
    for share, value in changes:
        damaged[int(share * len(damaged))] = value
    with contextlib.suppress(Refused):
        read_bytes(bytes(damaged[: len(damaged) - int(cut**8 * len(damaged))]))
