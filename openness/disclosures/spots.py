"""The words of a text spot by spot (a title, a paragraph, a cell), each with the way to hide signs of it: one walk for reading and masking."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString

from .blocks.ledger import COLUMNS as LEDGER_COLUMNS
from .rules.personal import Finding, Words, find

STAR = "*"
_HEAD = {"title": "标题", "summary": "一句话看懂", "change_note": "这次改了什么"}
_NO_WORDS = frozenset({"day", "amount", "id", "type"})
Hidden = Collection[int]
Content = dict[str, Any]
Block = dict[str, Any]


@dataclass(frozen=True)
class Spot:
    """`hide` puts asterisks over the characters at these positions of `words.raw`, in the content that was walked."""

    label: str
    words: Words
    hide: Callable[[Hidden], None]

    @cached_property
    def findings(self) -> list[Finding]:
        """Personal data in these words, looked for once however many rules ask."""
        return find(self.words)


def spots(content: Content) -> Iterator[Spot]:
    """Walk a text. `content` holds title, summary and change_note, and under "body" the blocks as they are stored (type, value)."""
    for name, label in _HEAD.items():
        yield from _string(label, content, name)
    for number, block in enumerate(content.get("body") or (), start=1):
        yield from _WALKS.get(block["type"], _anything)(f"第 {number} 段", block)


def kept(_hidden: Hidden) -> None:
    """For words that cannot be changed from here."""


def starred(words: str, hidden: Hidden) -> str:
    return "".join(STAR if place in hidden else sign for place, sign in enumerate(words))


def _string(label: str, holder: Any, key: Any, heading: str = "", row: str = "") -> Iterator[Spot]:
    words = holder.get(key) if isinstance(holder, dict) else holder[key]
    if isinstance(words, str) and words:

        def hide(hidden: Hidden) -> None:
            holder[key] = starred(words, hidden)

        yield Spot(label, Words(words, heading, row), hide)


def _text(label: str, block: Block) -> Iterator[Spot]:
    soup = BeautifulSoup(block["value"] or "", "html.parser")
    nodes = strings_of(soup)

    def hide(hidden: Hidden) -> None:
        _hide_in(nodes, hidden)
        block["value"] = str(soup)

    yield Spot(label, Words("\n".join(node.strip() for node in nodes)), hide)
    yield from _links(label, block, soup)


def strings_of(soup: Any) -> list[NavigableString]:
    """The strings that `plain_text` joins, one a line."""
    return [node for node in soup.descendants if type(node) in (NavigableString, CData) and node.strip()]


def _hide_in(nodes: list[NavigableString], hidden: Hidden) -> None:
    start = 0
    for number, node in enumerate(nodes):
        words = node.strip()
        inside = {place - start for place in hidden if start <= place < start + len(words)}
        if inside:
            before = len(node) - len(node.lstrip())
            fresh = NavigableString(starred(str(node), {before + place for place in inside}))
            node.replace_with(fresh)
            nodes[number] = fresh
        start += len(words) + 1


def _links(label: str, block: Block, soup: Any) -> Iterator[Spot]:
    """An address with stars in it would lead nowhere: the link goes, its words stay."""
    anchors = [anchor for anchor in soup.find_all("a") if anchor.get("href")]
    for anchor in anchors:

        def hide(_hidden: Hidden, anchor: Any = anchor) -> None:
            anchor.unwrap()
            block["value"] = str(soup)

        yield Spot(label, Words(anchor["href"]), hide)


def _table(label: str, block: Block) -> Iterator[Spot]:
    value = block["value"] or {}
    yield from _string(label, value, "caption")
    columns = value.get("columns", ())
    headings = [column["heading"] or "" for column in columns]
    for number, column in enumerate(columns, start=1):
        yield from _string(f"{label}表头第 {number} 列", column, "heading")
    for number, row in enumerate(value.get("rows", ()), start=1):
        cells = [str(cell) if cell not in (None, "") else "" for cell in row["values"]]
        for column, words in enumerate(cells):
            if words:
                row_words = _row(cells, column, headings)
                yield Spot(
                    f"{label}第 {number} 行第 {column + 1} 列", Words(words, headings[column], row_words), _cell(value, row, column, words)
                )


def _row(cells: list[str], column: int, headings: list[str]) -> str:
    """What stands around a cell: the other cells of the row, and the headings."""
    return "\n".join([*(one for at, one in enumerate(cells) if one and at != column), "、".join(headings)])


def _cell(value: Content, row: Content, column: int, words: str) -> Callable[[Hidden], None]:
    def hide(hidden: Hidden) -> None:
        if value["columns"][column]["type"] != "text":
            _into_words(value, column)
        row["values"][column] = starred(words, hidden)

    return hide


def _into_words(value: Content, column: int) -> None:
    """A column of numbers has no place for stars: it becomes one of words, whose figures stay as they are."""
    value["columns"][column]["type"] = "text"
    for row in value["rows"]:
        cell = row["values"][column]
        row["values"][column] = "" if cell is None else str(cell)


def _finance(label: str, block: Block) -> Iterator[Spot]:
    value = block["value"] or {}
    yield from _string(label, value, "caption")
    for side, name in (("income", "收入"), ("expense", "支出")):
        for number, entry in enumerate(value.get(side) or (), start=1):
            yield from _line(f"{label}{name}第 {number} 笔", entry.get("value", entry))


def _ledger(label: str, block: Block) -> Iterator[Spot]:
    """Each cell has its column's heading beside it, and the words of its row."""
    value = block["value"] or {}
    yield from _string(label, value, "caption")
    for number, row in enumerate(value.get("rows") or (), start=1):
        for column in LEDGER_COLUMNS[block["type"]]:
            if column.name not in _NO_WORDS and row.get(column.name):
                around = "\n".join(str(cell) for name, cell in row.items() if cell and name not in {column.name, *_NO_WORDS})
                yield from _string(f"{label}第 {number} 行“{column.label}”", row, column.name, heading=column.label, row=around)


def _anything(label: str, block: Block) -> Iterator[Spot]:
    """Blocks of other kinds: every string in them, the lines of their lists one by one. The number of a file is none."""
    yield from _string(label, block, "value")
    yield from _inside(label, block["value"])


def _inside(label: str, value: Any) -> Iterator[Spot]:
    if isinstance(value, list):
        for number, line in enumerate(value, start=1):
            inner = line.get("value", line) if isinstance(line, dict) else line
            yield from _inside(f"{label}第 {number} 行", inner)
            yield from _string(f"{label}第 {number} 行", line, "value") if isinstance(line, dict) else _string(label, value, number - 1)
    elif isinstance(value, dict):
        yield from _line(label, value)
        for key, inner in value.items():
            if key not in _NO_WORDS:
                yield from _inside(label, inner)


def _line(label: str, line: Content) -> Iterator[Spot]:
    """The strings of one line; each has the others beside it."""
    words = {key: cell for key, cell in line.items() if key not in _NO_WORDS and isinstance(cell, str) and cell}
    for key in words:
        yield from _string(label, line, key, row="\n".join(cell for other, cell in words.items() if other != key))


_WALKS: dict[str, Callable[[str, Block], Iterator[Spot]]] = {
    "text": _text,
    "table": _table,
    "finance": _finance,
    **dict.fromkeys(LEDGER_COLUMNS, _ledger),
}
