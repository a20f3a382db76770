"""Rows of a table with columns of its own, in one field of the form: a thousand rows are one posted value, and people paste them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.blocks import FieldBlock

from ..sheets import Column, Kind, fit, from_text
from ..sheets.cells import Unread, read_cell

MOST_ROWS = 1000
Row = dict[str, str]


class GridWidget(forms.Textarea):
    """A text box that the script `grid` turns into a table to fill in and to paste into. It holds JSON."""

    template_name = "disclosures/admin/grid.html"

    class Media:
        js = ("js/grid.js",)

    def __init__(self, columns: Sequence[Mapping[str, Any]] = (), *, what: str, attrs: dict[str, Any] | None = None) -> None:
        """`what` names the columns to the reader; no columns: the people choose them."""
        super().__init__(attrs)
        self.columns, self.what = columns, what

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> str:
        """By the site's own templates: the renderer of forms does not know them."""
        return render_to_string(template_name, context)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"].update(columns=json.dumps(list(self.columns), ensure_ascii=False), what=self.what, most=MOST_ROWS)
        return context


class RowsBlock(FieldBlock):
    """A list of rows: the columns' names lead to words in their one written form, or to what somebody wrote that cannot be read."""

    def __init__(self, columns: Sequence[Column] = (), what: str = "", required: bool = False, **options: Any) -> None:
        self.columns, self.what = tuple(columns), what
        self._options = {"required": required, **options}
        shown = [{"name": one.name, "label": one.label, "kind": one.kind.value, "required": one.required} for one in self.columns]
        self.field = forms.CharField(required=required, strip=False, widget=GridWidget(shown, what=what))
        super().__init__(**options)

    def get_default(self) -> list[Row]:
        return []

    def normalize(self, value: Any) -> list[Row]:
        return self.to_python(value)

    def to_python(self, value: Any) -> list[Row]:
        if not self.columns:  # in a migration: whatever is stored stays
            return [dict(row) for row in value or ()]
        return [{column.name: str(row.get(column.name) or "") for column in self.columns} for row in value or ()]

    def get_prep_value(self, value: Any) -> list[Row]:
        return self.to_python(value)

    def value_for_form(self, value: Any) -> str:
        return json.dumps(self.to_python(value), ensure_ascii=False)

    def value_from_form(self, value: Any) -> list[Row]:
        """JSON from the script, lines from a text box; words that are neither stay a row of their own."""
        if isinstance(value, list):
            return self.to_python(value)
        try:
            said = json.loads(value or "[]")
        except ValueError:
            return fit(from_text(value), self.columns).rows
        rows = said if isinstance(said, list) else []
        return list(filter(None, map(self._written, rows)))

    def _written(self, row: Any) -> Row | None:
        """Each cell in its one written form, as far as it can be read; nothing for an empty row."""
        if not isinstance(row, dict):
            return None
        made = {column.name: _read(str(row.get(column.name) or ""), column.kind) for column in self.columns}
        says = any(cell for column in self.columns if (cell := made[column.name]) and column.kind is not Kind.SIDE)
        return made if says else None

    def clean(self, value: Any) -> list[Row]:
        """A draft may hold rows that are not right yet; only too many of them are refused."""
        rows = self.to_python(value)
        if len(rows) > MOST_ROWS:
            raise ValidationError(too_long(len(rows)))
        if self.field.required and not rows and not self.is_deferred_validation:
            raise ValidationError(_("表里还没有内容。"))
        return rows

    def faults(self, rows: Iterable[Row]) -> list[str]:
        """What is not right in rows that somebody sends for review, a sentence each."""
        return [sentence for number, row in enumerate(rows, start=1) for sentence in self._faults(number, row)]

    def _faults(self, number: int, row: Row) -> list[str]:
        said = []
        for column in self.columns:
            cell = row[column.name]
            if not cell and column.required:
                said.append(_("第 {n} 行还缺{column}。").format(n=number, column=column.label))
            elif cell and not is_read(cell, column.kind):
                said.append(_("第 {n} 行的{column}“{cell}”看不懂。").format(n=number, column=column.label, cell=cell[:20]))
        return said

    @cached_property
    def labels(self) -> dict[str, str]:
        return {column.name: column.label for column in self.columns}

    def deconstruct(self) -> Any:
        """Migrations need no columns: rows are JSON."""
        return ("openness.disclosures.blocks.RowsBlock", [], {})


def _read(cell: str, kind: Kind) -> str:
    try:
        return read_cell(cell, kind)
    except Unread:
        return cell.strip()


def is_read(cell: str, kind: Kind) -> bool:
    try:
        return read_cell(cell, kind) == cell
    except Unread:
        return False


def too_long(number: int) -> str:
    return _("表有 {n} 行，网页上的表最多 {most} 行。更长的名单请存成表格文件，作为附件公开。").format(n=number, most=MOST_ROWS)
