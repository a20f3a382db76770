"""What a reading gives: sheets, their layout, and their rows with every cell as published beside its parsed form."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..limits import Limit
from .layout import Column


@dataclass(frozen=True)
class Row:
    """One item of a catalogue.

    Attributes:
        sheet: name of the sheet, or the table's place in a document (表1).
        number: row in the source, counted from 1.
        seq: 序号 as shown.
        field: 领域; "" (and a problem) when nothing says it.
        level1: 一级事项; the only item name when the table has one level.
        level2: 二级事项, or "".
        level3: 三级事项, or "".
        elements: 公开内容(要素); basis: 公开依据; time_limit: 公开时限; publisher: 公开主体. Merges and 同上 resolved.
        raw: every column's cell as published (merges expanded) by the column's key; `section` and `subsection` hold the
            heading rows that the item stands under.
        channels: chosen channels; the standard ones in standard spelling, others as they stand.
        audience: 全社会, 特定群体, or the words written there.
        method: 主动公开, 依申请公开.
        tiers: 省级, 市级, 县级, 乡级, 村级, from the highest down.
        limit: the parsed time limit; None when there is none or a person must decide.
        extra: text of each column that the format does not know, by its title.
        problems: Chinese sentences, each a thing that a person must decide.
    """

    sheet: str
    number: int
    seq: str
    field: str
    level1: str
    level2: str
    level3: str
    elements: str
    basis: str
    time_limit: str
    publisher: str
    raw: Mapping[str, str]
    channels: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    limit: Limit | None = None
    extra: Mapping[str, str] = dataclasses.field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The row as `manage.py read_catalogue --json` prints it: lists, and the limit as a structure or None."""
        names = ("sheet", "field", "level1", "level2", "level3", "elements", "basis", "time_limit", "publisher")
        lists = ("channels", "audience", "method", "tiers")
        return {
            **{name: getattr(self, name) for name in names},
            **{name: list(getattr(self, name)) for name in lists},
            "limit": self.limit.as_json() if self.limit else None,
            "problems": list(self.problems),
        }


@dataclass(frozen=True)
class SheetReading:
    """One table.

    Attributes:
        sheet: as in `Row`.
        title: the title above the table, or "".
        field: the field that title or sheet name give; rows may belong to others.
        layout: columns in order.
        rows: the items.
        notes: other lines of the table as published: notes, signatures, further title lines.
        remarks: Chinese sentences on what the reader did that the cells do not say (blank 一级事项 filled down).
        problems: sentences about the table as a whole that a person must decide.
    """

    sheet: str
    title: str
    field: str
    layout: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def layout_json(self) -> list[dict[str, Any]]:
        """The layout in JSON's values; `layout.layout_from_json` reads it back."""
        return [column.as_json() for column in self.layout]


@dataclass(frozen=True)
class Reading:
    """All tables of one file, in order."""

    sheets: tuple[SheetReading, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for sheet in self.sheets for row in sheet.rows)

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences about tables; those about rows are in the rows."""
        return tuple(problem for sheet in self.sheets for problem in sheet.problems)
