"""The body: which pieces it may have, and the table whose columns people choose."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.field_block import FieldBlockAdapter
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock

from ..sheets import Kind
from ..sheets.cells import Unread, read_cell
from .element import ElementBlock
from .finance import FinanceBlock
from .ledger import FlowBlock, PlanBlock, StockBlock
from .rows import MOST_ROWS, GridWidget, too_long
from .words import PhotoBlock, TextBlock

MOST_COLUMNS = 30


class Sheet(TypedTableBlock):
    """Wagtail's typed table, stored as it stores it, and posted as one field instead of six a row."""

    widget = GridWidget(what="table")

    def get_form_state(self, table: Any) -> str:
        return json.dumps(self.get_prep_value(table), ensure_ascii=False, default=str)

    def value_omitted_from_data(self, data: Any, files: Any, prefix: str) -> bool:
        return prefix not in data

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        try:
            said = json.loads(data.get(prefix) or "{}")
        except ValueError:
            said = {}
        return self.from_said(said if isinstance(said, dict) else {})

    def from_said(self, said: dict[str, Any]) -> TypedTable:
        """A column with a cell that cannot be read holds words from then on: nothing that somebody wrote is lost."""
        heads = [head for head in said.get("columns") or () if isinstance(head, dict)][:MOST_COLUMNS]
        rows = [row for row in map(_values, said.get("rows") or ()) if any(row)]
        columns = [
            _column(str(head.get("type")), [row[n] if n < len(row) else "" for row in rows], self.child_blocks)
            for n, head in enumerate(heads)
        ]
        table = {
            "caption": str(said.get("caption") or "")[:200],
            "columns": [{"type": kind, "heading": str(head.get("heading") or "")} for head, (kind, _c) in zip(heads, columns, strict=True)],
            "rows": [{"values": list(row)} for row in zip(*(cells for _kind, cells in columns), strict=True)] if heads else [],
        }
        made: TypedTable = self.to_python(table)
        return made

    def clean(self, table: Any) -> Any:
        if len(table.row_data) > MOST_ROWS:
            raise ValidationError(too_long(len(table.row_data)))
        return super().clean(table)


def _values(row: Any) -> list[str]:
    values = row.get("values") if isinstance(row, dict) else row
    return ["" if cell is None else str(cell) for cell in values] if isinstance(values, list) else []


def _column(kind: str, cells: list[str], known: Any) -> tuple[str, list[str | None]]:
    if kind in known and kind != Kind.TEXT:
        try:
            return kind, [read_cell(cell, Kind(kind)) or None for cell in cells]
        except Unread:
            pass
    return Kind.TEXT.value, [read_cell(cell, Kind.TEXT) for cell in cells]


class SheetAdapter(FieldBlockAdapter):
    """To the editor's script a table is a field with a widget."""

    def js_args(self, block: Any) -> list[Any]:
        meta = {
            "label": block.label,
            "description": block.get_description(),
            "required": block.required,
            "icon": block.meta.icon,
            "blockDefId": block.definition_prefix,
            "isPreviewable": block.is_previewable,
            "classname": "w-field w-field--sheet",
            "attrs": {},
            "showAddCommentButton": False,
            "strings": {},
        }
        return [block.name, block.widget, meta]


register(SheetAdapter(), Sheet)


class Body(blocks.StreamBlock):
    element = ElementBlock()
    text = TextBlock(label=_("文字"), template="disclosures/blocks/text.html")
    table = Sheet(
        [
            ("text", blocks.CharBlock(label=_("文字"), required=False)),
            ("number", blocks.DecimalBlock(label=_("数字"), required=False)),
            ("money", blocks.DecimalBlock(label=_("金额"), required=False, max_digits=14, decimal_places=2)),
            ("date", blocks.DateBlock(label=_("日期"), required=False)),
        ],
        label=_("表格"),
        template="disclosures/blocks/table.html",
    )
    flow = FlowBlock()
    stock = StockBlock()
    plan = PlanBlock()
    photo = PhotoBlock()
    file = DocumentChooserBlock(label=_("附件"), template="disclosures/blocks/file.html")
    finance = FinanceBlock()

    class Meta:
        required = False
