"""The official layout back, from what was kept at import."""

from typing import Any, BinaryIO

from ..models import Field, Standard
from ..reading import layout_from_json
from ..writing import SheetToWrite, write_catalogue


def export_standard(standard: Standard, stream: BinaryIO | Any) -> None:
    """Write every field of a standard as its issuer laid it out, cells as published."""
    write_catalogue([_sheet(field) for field in standard.fields.prefetch_related("items")], stream)


def _sheet(field: Field) -> SheetToWrite:
    rows = [item.raw["cells"] for item in field.items.all()]
    return SheetToWrite(field.sheet, field.title, layout_from_json(field.layout), rows, field.notes)
