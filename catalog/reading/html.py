"""Tables of a web page (also .xls files that are really HTML) as grids."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _
from lxml import etree, html
from lxml.etree import ParserError

from . import bounds
from .errors import Refused
from .grid import Grid, Placed, build_rows
from .words import is_main, meaning

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
_BLOCKS = {"p", "div", "tr", "td", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "title", "center", "body"}
_BREAKS = _BLOCKS | {"br"}
_SHOWN = "[not(ancestor::script or ancestor::style)]"
_KEPT_LINES = 4
_TEXTS = 200


def read_html(data: bytes) -> list[Grid]:
    """Every innermost table in order, with the few lines of text just above it and the lines below the last.

    Raises:
        Refused: no readable page, or out of bounds.
    """
    try:
        page = html.document_fromstring(decode(data), parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (ParserError, ValueError) as error:
        raise Refused(_("网页里没有能读的内容，请另存为 xlsx 再传。")) from error
    tables = _data_tables(page)
    if len(tables) > bounds.MAX_SHEETS:
        raise bounds.too_many_sheets()
    return [_grid(index, tables) for index in range(len(tables))]


def decode(data: bytes) -> str:
    """Text of a page: by its mark, its declaration, UTF-8, and last by what the bytes look like."""
    for encoding, errors in _candidates(data):
        try:
            text = data.decode(encoding, errors)
            if text.count("\ufffd") * 20 <= sum(char > "\x7f" for char in text):
                return _undeclared(text)
        except (UnicodeDecodeError, LookupError):
            continue
    best = from_bytes(data).best()
    if best is None:
        raise Refused(_("认不出网页的文字编码，请另存为 xlsx 再传。"))
    return _undeclared(str(best))


def _candidates(data: bytes) -> Iterator[tuple[str, str]]:
    """Encodings to try; a page with a broken character in twenty is still a page, in the wrong encoding most are broken."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield "utf-16", "strict"
    yield "utf-8-sig", "replace"
    declared = _DECLARED.search(data[:4096])
    names = [declared[1].decode("ascii", "replace").lower()] if declared else []
    names = [*(_CHINESE.get(name, name) for name in names), "gb18030"]
    yield from ((name, errors) for errors in ("strict", "replace") for name in names)


def _undeclared(text: str) -> str:
    """Lxml refuses a string that still declares an encoding."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _data_tables(page: html.HtmlElement) -> list[html.HtmlElement]:
    """Pages use tables for layout too: one that holds others counts only if it has a header of its own, and then whole."""
    chosen: list[html.HtmlElement] = []
    for table in page.iter("table"):
        inside = any(outer in chosen for outer in table.iterancestors("table"))
        nested = next((inner for inner in table.iter("table") if inner is not table), None)
        if not inside and (nested is None or _has_header(table)):
            chosen.append(table)
    return chosen


def _has_header(table: html.HtmlElement) -> bool:
    lines = [[meaning(text_of(cell)) for cell in line.iterchildren("td", "th")] for line in _lines_of(table)]
    return any(sum(is_main(key) for key in set(line)) >= 2 for line in lines)


def _lines_of(table: html.HtmlElement) -> list[html.HtmlElement]:
    """Rows of this table, not of one inside its cells."""
    return [line for line in table.iter("tr") if next(line.iterancestors("table"), None) is table]


def _grid(index: int, tables: list[html.HtmlElement]) -> Grid:
    title = f"表{index + 1}"
    table = tables[index]
    before = _lines_before(table, tables[index - 1] if index else None)
    after = _lines_after(table) if index == len(tables) - 1 else ()
    return Grid(title, build_rows(title, _placed(title, table)), before, after, named=False)


def _placed(title: str, table: html.HtmlElement) -> Iterator[Placed]:
    """Cells at the columns that row spans from above leave free (the table model of HTML)."""
    lines = _lines_of(table)
    taken: dict[int, int] = {}
    for row, line in enumerate(lines):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while taken.get(column, 0) > row:
                column += 1
            width, height = _span(cell, "colspan"), min(_span(cell, "rowspan", len(lines)) or len(lines), len(lines) - row)
            if column + width > bounds.MAX_COLUMNS or row >= bounds.MAX_ROWS:
                raise bounds.too_many_rows(title)
            taken.update(dict.fromkeys(range(column, column + width), row + height))
            yield Placed(row, column, text_of(cell), height, width)
            column += width


def _span(cell: html.HtmlElement, name: str, zero: int = 1) -> int:
    value = str(cell.get(name, "1")).strip()
    return (min(int(value[:7]), 100_000) or zero) if value.isascii() and value.isdigit() else 1


def text_of(element: html.HtmlElement) -> str:
    """Text with a line for each block and <br>; runs of white space are one space, as a browser shows them."""
    lines = "".join(_pieces(element)).split("\n")
    cleaned = [re.sub(r"[ \t\f\v\xa0\u3000]+", " ", line).strip() for line in lines]
    return re.sub(r"\n{2,}", "\n", "\n".join(cleaned)).strip("\n")


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end", "comment")):
        if event == "comment":
            yield _inline(node.tail)
        elif event == "start":
            yield "\n" if node is not element and node.tag in _BREAKS else ""
            yield "" if node.tag in ("script", "style") else _inline(node.text)
        elif node is not element:
            yield ("\n" if node.tag in _BLOCKS else "") + _inline(node.tail)


def _inline(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _lines_before(table: html.HtmlElement, previous: html.HtmlElement | None) -> tuple[str, ...]:
    """The last lines between the table before and this one, in order."""
    texts = []
    for text in reversed(table.xpath(f"preceding::text(){_SHOWN}")):
        if previous is not None and previous in text.getparent().iterancestors("table"):
            break
        texts.append(text)
        if len(texts) >= _TEXTS:
            break
    return tuple(_lines(texts[::-1]))[-_KEPT_LINES:]


def _lines_after(table: html.HtmlElement) -> tuple[str, ...]:
    return tuple(_lines(table.xpath(f"following::text(){_SHOWN}")[:_TEXTS]))


def _lines(texts: list[Any]) -> Iterator[str]:
    """Pieces of text in one block make one line."""
    for _block_of, pieces in groupby(texts, key=_block):
        line = re.sub(r"\s+", " ", "".join(str(piece) for piece in pieces)).strip()
        if line:
            yield line


def _block(text: Any) -> Any:
    parent = text.getparent() if not text.is_tail else text.getparent().getparent()
    blocks = parent.iterancestors() if parent.tag not in _BLOCKS else iter((parent,))
    return next((node for node in blocks if node.tag in _BLOCKS), None)
