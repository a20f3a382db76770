"""Tables of a .docx document as grids, with the paragraphs around them."""

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from . import bounds
from .archive import check_archive
from .grid import Grid, Placed, build_rows

_BROKEN = (PackageNotFoundError, BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError, XMLSyntaxError)
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}


def read_docx(data: bytes) -> list[Grid]:
    """Every table of the body in order; paragraphs above a table come with it, those at the end with the last.

    Raises:
        Refused: damaged, or out of bounds.
    """
    check_archive(data)
    try:
        body = Document(io.BytesIO(data)).element.body
    except _BROKEN as error:
        raise bounds.damaged() from error
    return _grids(_blocks(body))


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls."""
    for child in body:
        if child.tag == qn("w:sdt"):
            yield from (inner for content in child.iterchildren(qn("w:sdtContent")) for inner in _blocks(content))
        elif child.tag in (qn("w:p"), qn("w:tbl")):
            yield child


def _grids(blocks: Iterator[Any]) -> list[Grid]:
    found: list[tuple[tuple[str, ...], Any]] = []
    lines: list[str] = []
    for block in blocks:
        if block.tag == qn("w:tbl"):
            found.append((tuple(lines), block))
            lines = []
        else:
            lines.extend(line for line in _paragraph(block).split("\n") if line.strip())
    if len(found) > bounds.MAX_SHEETS:
        raise bounds.too_many_sheets()
    last = len(found) - 1
    return [_grid(f"表{index + 1}", table, before, tuple(lines) if index == last else ()) for index, (before, table) in enumerate(found)]


def _grid(title: str, table: Any, before: tuple[str, ...], after: tuple[str, ...]) -> Grid:
    return Grid(title, build_rows(title, _placed(title, table)), before, after, named=False)


def _placed(title: str, table: Any) -> list[Placed]:
    """Cells by their grid columns; a vertical merge is the cell that starts it, made as tall as it reaches."""
    done: list[Placed] = []
    open_merges: dict[int, Placed] = {}
    for row, line in enumerate(_children(table, "w:tr")):
        column = _before(line)
        for cell in _children(line, "w:tc"):
            width = _span(cell)
            if column + width > bounds.MAX_COLUMNS or row >= bounds.MAX_ROWS:
                raise bounds.too_many_rows(title)
            _place(done, open_merges, cell, Placed(row, column, _cell_text(cell), 1, width))
            column += width
    return done + list(open_merges.values())


def _place(done: list[Placed], merges: dict[int, Placed], cell: Any, placed: Placed) -> None:
    state = _vertical(cell)
    above = merges.get(placed.column)
    if state == "continue" and above and above.width == placed.width:
        merges[placed.column] = Placed(above.row, above.column, above.text, placed.row - above.row + 1, above.width)
        return
    if above:
        done.append(merges.pop(placed.column))
    if state:
        merges[placed.column] = placed
    else:
        done.append(placed)


def _children(parent: Any, name: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == qn(name):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
            yield from _children(child, name)


def _property(element: Any, holder: str, name: str) -> Any:
    properties = element.find(qn(holder))
    return None if properties is None else properties.find(qn(name))


def _number(element: Any, default: int) -> int:
    value = "" if element is None else str(element.get(qn("w:val"), ""))
    return min(int(value), bounds.MAX_COLUMNS + 1) if value.isdecimal() else default


def _span(cell: Any) -> int:
    return max(1, _number(_property(cell, "w:tcPr", "w:gridSpan"), 1))


def _before(line: Any) -> int:
    return _number(_property(line, "w:trPr", "w:gridBefore"), 0)


def _vertical(cell: Any) -> str:
    merge = _property(cell, "w:tcPr", "w:vMerge")
    return "" if merge is None else str(merge.get(qn("w:val"), "continue"))


def _cell_text(cell: Any) -> str:
    """Paragraphs by line, those of a table inside the cell too; a box inside a paragraph is read once."""
    paragraphs = (block for block in cell.iter(qn("w:p")))
    return "\n".join(_paragraph(paragraph) for paragraph in paragraphs).strip("\n")


def _paragraph(paragraph: Any) -> str:
    return "".join(_pieces(paragraph))


def _pieces(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter():
        if node.tag == qn("w:t"):
            yield node.text or ""
        elif node.tag == qn("w:sym"):
            yield _symbol(str(node.get(qn("w:char"), "")))
        elif node.tag in _BREAKS and node.getparent().tag == qn("w:r"):
            yield _BREAKS[node.tag]


def _symbol(code: str) -> str:
    """A character of a symbol font keeps its code in the private area: the mark reader knows what Wingdings mean."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return chr(value if value >= 0xF000 else value + 0xF000) if value else ""
