"""The words of a body, block by block: for search, for receipts and for the rules."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .html import plain_text


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


def _line(cells: Iterable[Any]) -> str:
    return " ".join(str(cell) for cell in cells if cell not in (None, ""))


_READERS: dict[str, Callable[[Any], str]] = {
    "text": lambda value: plain_text(value.source),
    "table": _table,
    "finance": _finance,
    "photo": lambda value: value["caption"] or "",
    "file": lambda value: value.title if value else "",
}
