"""Each table of a public text as a file: typed cells, the columns that the page shows."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ..blocks.ledger import side_words
from ..sheets import Kind
from ..sheets.out import Table
from ..text import TABLES

if TYPE_CHECKING:
    from ..models import Disclosure


def table_of(found: "Disclosure", number: int) -> Table | None:
    """The table in the block with this number, counted from 1; None where there is none, or an empty one."""
    if not 1 <= number <= len(found.body):
        return None
    block = found.body[number - 1]
    if block.block_type not in TABLES:
        return None
    headings, rows = _READERS.get(block.block_type, _ledger)(block.value)
    caption = block.value.caption if block.block_type == "table" else block.value["caption"]
    return Table(f"{found.title} {caption or number}", headings, rows) if rows else None


def _typed(value: Any) -> tuple[list[str], list[list[Any]]]:
    columns = [column["heading"] or "" for column in value.columns]
    return columns, [list(row["values"]) for row in value.row_data]


def _finance(value: Any) -> tuple[list[str], list[list[Any]]]:
    headings = [_("收入还是支出"), _("科目"), _("日期"), _("金额（元）"), _("说明")]
    sides = (("income", _("收入")), ("expense", _("支出")))
    return headings, [[label, one["subject"], one["day"], one["amount"], one["note"]] for side, label in sides for one in value[side]]


def _ledger(value: Any) -> tuple[list[str], list[list[Any]]]:
    columns = value.columns
    rows = [
        [_cell(cell, column.kind, row[column.name]) for column, cell in line] for row, line in zip(value.rows, value.lines, strict=True)
    ]
    return [column.label for column in columns], rows


def _cell(cell: Any, kind: Kind, stored: str) -> Any:
    """As the ledger reads it; what it could not read stays as somebody wrote it. Money keeps its cents."""
    if kind is Kind.MONEY and isinstance(cell, Decimal):
        return cell.quantize(Decimal("0.01"))
    return side_words(stored) if kind is Kind.SIDE else cell


_READERS = {"table": _typed, "finance": _finance}
