"""Catalogue files made for tests: the same rows as a workbook, a document and a page."""

import io
from collections.abc import Sequence

from docx import Document
from openpyxl import Workbook

from catalog.reading import Reading, read_bytes

Rows = Sequence[Sequence[object]]

TITLE = "青山镇社会救助领域基层政务公开标准目录"
TWO_ROWS = [
    [
        "序号",
        "公开事项",
        None,
        "公开内容(要素)",
        "公开依据",
        "公开时限",
        "公开主体",
        "公开渠道和载体",
        "公开对象",
        None,
        "公开方式",
        None,
        "公开层级",
        None,
    ],
    [None, "一级事项", "二级事项", None, None, None, None, None, "全社会", "特定群体", "主动", "依申请公开", "县级", "乡级"],
]
TWO_ROW_MERGES = ["B{0}:C{0}", "I{0}:J{0}", "K{0}:L{0}", "M{0}:N{0}"] + [f"{c}{{0}}:{c}{{1}}" for c in "ADEFGH"]
LIMIT = "信息形成或者变更之日起20个工作日内"


def item(seq: object, level1: object, level2: object, **cells: object) -> list[object]:
    """A row of the standard layout."""
    return [
        seq, level1, level2, cells.get("elements", "办理条件、办理流程"), cells.get("basis", "《社会救助暂行办法》"),
        cells.get("time_limit", LIMIT), cells.get("publisher", "镇人民政府"), cells.get("channels", "■政府网站\n□政府公报"),
        cells.get("everyone", "√"), cells.get("specific"), cells.get("proactive", "√"), cells.get("on_request"),
        cells.get("county"), cells.get("township", "√"),
    ]  # fmt: skip


def workbook(*sheets: tuple[str, Rows, Sequence[str]]) -> bytes:
    """Sheets of (name, rows, merged ranges) as an .xlsx file."""
    book = Workbook()
    book.remove(book.active)
    for name, rows, merges in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in merges:
            sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def standard(rows: Rows, merges: Sequence[str] = (), title: str = TITLE, sheet: str = "Sheet1") -> bytes:
    """A title, the two usual header rows, and the rows; the first row of data is row 4."""
    header = [area.format(2, 3) for area in TWO_ROW_MERGES]
    return workbook((sheet, [[title], *TWO_ROWS, *rows], ["A1:N1", *header, *merges]))


def document(
    rows: Rows, merges: Sequence[tuple[int, int, int, int]] = (), before: Sequence[str] = (TITLE,), after: Sequence[str] = ()
) -> bytes:
    """A .docx file with one table; merges are (top, left, bottom, right) from 0."""
    paper = Document()
    for line in before:
        paper.add_paragraph(line)
    add_table(paper, rows, merges)
    for line in after:
        paper.add_paragraph(line)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def add_table(paper: Document, rows: Rows, merges: Sequence[tuple[int, int, int, int]] = ()) -> None:
    table = paper.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                table.cell(place, column).text = str(value)
    for top, left, bottom, right in merges:
        table.cell(top, left).merge(table.cell(bottom, right))


def only(data: bytes):
    """The rows of the only table with rows."""
    (sheet,) = [sheet for sheet in read_bytes(data).sheets if sheet.rows]
    return sheet.rows


def problems(reading: Reading) -> list[str]:
    return [problem for row in reading.rows for problem in row.problems]
