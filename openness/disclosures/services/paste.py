"""One reader for every pasted or chosen table: for the script's table, for the page without scripts, for Word's tables."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from openness.units.refusal import Refused

from ..blocks.ledger import COLUMNS
from ..blocks.rows import MOST_ROWS, too_long
from ..extraction.result import SENTENCES, State, Unreadable
from ..sheets import Cells, fit, from_html, from_text, from_workbook, guess
from .attachment_texts import reading_limits

MOST_CHARACTERS = 2_000_000
TABLE = "table"
# A sheet is read here, beside the requests of others: what is larger goes as an attachment, which another process reads.
_MOST_BYTES, _MOST_UNPACKED = 5 * 1024 * 1024, 30 * 1024 * 1024


@dataclass(frozen=True)
class Pasted:
    """What to read. `what` is flow, stock, plan, or table for columns that the sheet brings itself."""

    what: str
    text: str = ""
    html: str = ""
    file: Path | None = None
    year: int | None = None
    side: str = ""


@dataclass
class Read:
    """`rows` by names of columns, or by position where `columns` came with the sheet. `said` and `unread` are sentences."""

    rows: list[Any] = field(default_factory=list)
    columns: list[dict[str, str]] = field(default_factory=list)
    caption: str = ""
    said: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"rows": self.rows, "columns": self.columns, "caption": self.caption, "said": self.said, "unread": self.unread}


def read_pasted(pasted: Pasted) -> Read:
    """Raises Refused with one sentence where there is no table, the file cannot be read, or the table is too long for a page."""
    cells = cells_of(pasted)
    if not cells:
        raise Refused(_("没有读到表格。请在表格软件里选中要的行，复制，再粘贴到这里。"))
    read = _fitted(cells, pasted)
    if len(read.rows) > MOST_ROWS:
        raise Refused(too_long(len(read.rows)))
    return read


def cells_of(pasted: Pasted) -> Cells:
    if len(pasted.text) + len(pasted.html) > MOST_CHARACTERS:
        raise Refused(_("粘贴的内容太多了。请把表格存成文件，作为附件公开。"))
    if pasted.file is not None:
        return _from_file(pasted.file)
    return (from_html(pasted.html) if "<table" in pasted.html.lower() else []) or from_text(pasted.text)


def _from_file(path: Path) -> Cells:
    try:
        return from_workbook(path, replace(reading_limits(), file_bytes=_MOST_BYTES, unpacked_bytes=_MOST_UNPACKED))
    except Unreadable as why:
        if why.state is State.TOO_LARGE:
            raise Refused(_("这个表格文件太大，网页上放不下。请作为附件公开。")) from why
        if why.state is State.DAMAGED:
            raise Refused(_("这个文件读不出表格。请用表格软件打开，另存为 .xlsx 再选。")) from why
        raise Refused(SENTENCES[why.state]) from why


def _fitted(cells: Cells, pasted: Pasted) -> Read:
    if pasted.what == TABLE:
        made = guess(cells, pasted.year)
        columns = [{"type": kind.value, "heading": heading} for kind, heading in made.columns]
        return Read(list(made.rows), columns, made.caption, made.said)
    taken = fit(cells, COLUMNS[pasted.what], year=pasted.year, side=pasted.side)
    return Read(list(taken.rows), said=taken.said, unread=taken.unread)
