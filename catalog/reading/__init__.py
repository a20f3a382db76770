"""Reading official catalogues (基层政务公开标准目录): .xlsx, .docx and web pages into rows, with nothing guessed."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from .blocks import Block, Headless, cut
from .bounds import read_bounded
from .docx import read_docx
from .errors import Refused
from .grid import Grid
from .html import read_html
from .items import drafts_of
from .layout import Column, layout_from_json
from .results import Reading, Row, SheetReading
from .rows import row_of, shape_of
from .sides import side_by_side
from .sniff import sniff
from .xlsx import read_xlsx

__all__ = ["Column", "Reading", "Refused", "Row", "SheetReading", "layout_from_json", "read_bytes", "read_catalogue"]

_READERS = {"xlsx": read_xlsx, "docx": read_docx, "html": read_html}


def read_catalogue(path: Path, name: str | None = None) -> Reading:
    """Read a catalogue file, whatever its layout.

    Args:
        path: the file; what it is is told from its content, not from its suffix.
        name: what the person calls the file (an upload has a temporary path); it is only used in sentences.

    Raises:
        Refused: the file cannot be read; the message is one Chinese sentence that says what to do.
    """
    try:
        return read_bytes(read_bounded(path))
    except Refused as refused:
        raise Refused(f"{name}：{refused}" if name else str(refused)) from refused


def read_bytes(data: bytes) -> Reading:
    """`read_catalogue` for a file's content."""
    return reading_of(_READERS[sniff(data)](data))


def reading_of(grids: Iterable[Grid]) -> Reading:
    """Understand the normalised tables of one file.

    Raises:
        Refused: no table has a recognisable header.
    """
    blocks = list(cut(part for grid in grids for part in side_by_side(grid)))
    if not any(isinstance(block, Block) for block in blocks):
        raise Refused(_("没有找到目录的表头（要有“公开事项”这类列名），请看看是不是传错了文件。"))
    return Reading(_without_duplicates([_sheet(block) for block in blocks]))


def _sheet(block: Block | Headless) -> SheetReading:
    if isinstance(block, Headless):
        problem = _("“{sheet}”里有表格，但没有认出表头，请看一看。").format(sheet=block.sheet)
        return SheetReading(block.sheet, "", "", (), (), block.notes, problems=(problem,) if block.is_table else ())
    drafts, remarks = drafts_of(block)
    shape = shape_of(block.layout)
    rows = tuple(row_of(draft, block, shape) for draft in drafts)
    return SheetReading(block.sheet, block.title, block.field, block.layout, rows, tuple(block.notes), tuple(remarks))


def _without_duplicates(sheets: list[SheetReading]) -> tuple[SheetReading, ...]:
    """Name each item that stands again in the same field, in any sheet: a person must say which one counts."""
    first: dict[tuple[str, str, str, str], Row] = {}
    return tuple(replace(sheet, rows=tuple(_marked(row, first) for row in sheet.rows)) for sheet in sheets)


def _marked(row: Row, first: dict[tuple[str, str, str, str], Row]) -> Row:
    earlier = first.setdefault((row.field, row.level1, row.level2, row.level3), row)
    if earlier is row or not row.level1:
        return row
    where = _("“{sheet}”第 {line} 行").format(sheet=earlier.sheet, line=earlier.number)
    return replace(row, problems=(*row.problems, _("和{where}的事项重复了。").format(where=where)))
