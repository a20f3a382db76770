"""The words of a body, block by block: for search, for receipts and for the rules."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .blocks import LEDGERS
from .html import plain_text

TABLES = LEDGERS | {"table", "finance"}


@dataclass(frozen=True)
class Passage:
    """The words of one block. `label` says where a person finds them: 第 2 段."""

    label: str
    kind: str
    words: str


def passages(body: Any) -> Iterator[Passage]:
    """Yield the words of each block that has any; photographs give their captions, attachments their titles."""
    for number, block in enumerate(body or (), start=1):
        words = _READERS[block.block_type](block.value)
        if words:
            yield Passage(f"第 {number} 段", block.block_type, words)


def body_text(body: Any) -> str:
    return "\n".join(passage.words for passage in passages(body))


def _table(value: Any) -> str:
    heading = [column["heading"] for column in value.columns]
    rows = (_line(cell for cell in row["values"]) for row in value.row_data)
    return "\n".join(filter(None, [value.caption or "", _line(heading), *rows]))


def _finance(value: Any) -> str:
    entries = [_line((entry["subject"], entry["day"], entry["amount"], entry["note"])) for entry in (*value["income"], *value["expense"])]
    return "\n".join([value["caption"] or "", f"期初结余 {value['opening']}", *entries, f"期末结余 {value['closing']}"])


def _element(value: Any) -> str:
    """The heading with what was said to it; nothing while nobody has said anything."""
    return "\n".join([value["name"] or "", value.said]) if value.is_answered else ""


def _ledger(value: Any) -> str:
    if not value.rows:
        return ""
    headings, rows = sheet_of(value)
    return "\n".join(filter(None, [value["caption"] or "", value.class_label, _line(headings), *map(_line, rows), *_under(value)]))


def _under(value: Any) -> list[str]:
    """The figures that stand outside the rows."""
    named = (("opening", "期初"), ("closing", "期末"), ("total", "合计"))
    return [f"{label} {value[name]}" for name, label in named if value.get(name) is not None]


def sheet_of(value: Any) -> tuple[list[str], list[list[str]]]:
    """Headings and cells of a table of any shape, as words: what looks for personal data goes through them."""
    if hasattr(value, "row_data"):
        rows = [["" if cell is None else str(cell) for cell in row["values"]] for row in value.row_data]
        return [column["heading"] or "" for column in value.columns], rows
    if "income" in value:
        entries = (*value["income"], *value["expense"])
        return ["", ""], [[entry["subject"] or "", entry["note"] or ""] for entry in entries]
    return [column.label for column in value.columns], value.words


def _line(cells: Iterable[Any]) -> str:
    return " ".join(str(cell) for cell in cells if cell not in (None, ""))


_READERS: dict[str, Callable[[Any], str]] = {
    "element": _element,
    "text": lambda value: plain_text(value.source),
    "table": _table,
    "finance": _finance,
    **dict.fromkeys(LEDGERS, _ledger),
    "photo": lambda value: value["caption"] or "",
    "file": lambda value: value.title if value else "",
}
