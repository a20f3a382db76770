"""The official spreadsheet written back: what a person sees in it, and that reading it again gives the same."""

import io

from openpyxl import load_workbook

from catalog.reading import Reading, SheetReading, layout_from_json, read_bytes
from catalog.writing import SheetToWrite, sheet_to_write, write_catalogue

from .builders import TITLE, item, standard


def rewritten(reading: Reading) -> bytes:
    stream = io.BytesIO()
    write_catalogue([sheet_to_write(sheet) for sheet in reading.sheets], stream)
    return stream.getvalue()


def sections() -> Reading:
    rows = [
        ["一、社会救助领域"],
        item(1, "低保", "指南"),
        ["（一）名单类"],
        item(2, "低保", "名单"),
        ["二、养老服务领域"],
        item(3, "补贴", "名单"),
    ]
    return read_bytes(standard(rows, ["A4:N4", "A6:N6", "A8:N8"], title="青山镇基层政务公开标准目录"))


def without_place(sheet: SheetReading) -> list[dict[str, object]]:
    return [row.as_json() for row in sheet.rows]


def test_sections_and_their_fields_survive() -> None:
    reading = sections()
    assert [row.field for row in reading.rows] == ["社会救助", "社会救助", "养老服务"]
    assert reading.rows[1].extra["小节"] == "（一）名单类"
    assert read_bytes(rewritten(reading)) == reading


def test_several_tables_of_one_sheet_stay_in_one_sheet() -> None:
    first = sheet_to_write(read_bytes(standard([item(1, "低保", "指南")])).sheets[0])
    second = SheetToWrite(first.sheet, "青山镇养老服务领域基层政务公开标准目录", first.layout, first.rows, ["注：略。"])
    stream = io.BytesIO()
    write_catalogue([first, second], stream)
    reading = read_bytes(stream.getvalue())
    assert [(sheet.sheet, sheet.field, len(sheet.rows), sheet.notes) for sheet in reading.sheets] == [
        ("Sheet1", "社会救助", 1, ()),
        ("Sheet1", "养老服务", 1, ("注：略。",)),
    ]


def test_it_looks_as_issuers_write_it() -> None:
    reading = read_bytes(standard([item(1, "低保", "指南"), item(2, "低保", "名单"), item(3, "特困", "指南")]))
    sheet = load_workbook(io.BytesIO(rewritten(reading))).active
    merges = {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["A1"].value == TITLE
    assert {"A1:N1", "B2:C2", "A2:A3", "I2:J2", "M2:N2", "B4:B5", "E4:E6", "F4:F6", "G4:G6"} <= merges
    assert sheet["H4"].value == "■政府网站\n□政府公报"
    assert (sheet["I4"].value, sheet["N4"].value) == ("√", "√")


def test_no_cell_becomes_a_formula_or_a_number() -> None:
    reading = read_bytes(standard([item("0505", "=HYPERLINK(1)", "指南")]))
    written = read_bytes(rewritten(reading)).rows[0]
    assert (written.seq, written.level1) == ("0505", "=HYPERLINK(1)")
    sheet = load_workbook(io.BytesIO(rewritten(reading))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_sheet_names_that_a_workbook_forbids() -> None:
    first = sheet_to_write(read_bytes(standard([item(1, "低保", "指南")])).sheets[0])
    names = ["社会[救助]/养老", "x" * 40, "X" * 40, "'", ""]
    stream = io.BytesIO()
    write_catalogue([SheetToWrite(name, first.title, first.layout, first.rows) for name in names], stream)
    assert len(read_bytes(stream.getvalue()).sheets) == len(names)


def test_a_layout_survives_json() -> None:
    sheet = sections().sheets[0]
    assert layout_from_json(sheet.layout_json()) == sheet.layout
