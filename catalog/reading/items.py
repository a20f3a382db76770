"""From a table's lines to its items: sections, notes, split rows, 同上 and blanks, all before any cell is parsed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .blocks import Block, Line
from .fields import KNOWN_FIELDS, field_of_words
from .layout import Column, positions
from .lines import is_note, is_numbered, is_section, is_subsection, row_text, section_text
from .words import ITEM_KEYS, normalise

_DITTO = re.compile(r"[(（—\-]*(?:同上|同前|同上项|同上一项|同上栏|〃|″|”|\"|'')[)）—\-。]*")
_CHINESE_NUMBER = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.]?")
_LEVELS = ("field", *ITEM_KEYS, "category")


@dataclass
class Draft:
    """An item's cells by column key: `raw` as published, `cells` with 同上 and fill-down resolved."""

    number: int
    raw: dict[str, str]
    line: Line
    section: str = ""
    subsection: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def drafts_of(block: Block) -> tuple[list[Draft], list[str]]:
    """The items of a table in order, and remarks on what was filled in. Notes are added to the block's."""
    drafts = list(_items(block))
    _resolve_dittos(drafts, block.layout)
    remarks = [remark for column in block.layout if column.means in _LEVELS for remark in _fill_down(drafts, column, block.layout)]
    return drafts, [*remarks, *_numbers_only(block)]


def _numbers_only(block: Block) -> Iterator[str]:
    lines = [line for line in block.lines if line.texts() and not _kind(line, block.layout)]
    if lines:
        yield _("有 {count} 行只有序号，没有内容，跳过了。").format(count=len(lines))


def _items(block: Block) -> Iterator[Draft]:
    section, subsection, unused = block.section, "", ""
    previous: Draft | None = None
    for line in block.lines:
        kind = _kind(line, block.layout)
        if kind == "item":
            if previous and _is_same_item(previous.line, line, block.layout):
                _append(previous, line, block.layout)
                continue
            previous, unused = Draft(line.number, _raw(line, block.layout), line, section, subsection), ""
            yield previous
        elif kind == "section":
            text = section_text(line.cells)
            nested = bool(section) and is_subsection(text) and not _names_field(text)
            block.notes.extend([unused] if unused and not nested else [])
            section, subsection, previous = (section, text, None) if nested else (text, "", None)
            unused = text
        elif kind == "note":
            block.notes.append(row_text(line.cells))
    block.notes.extend([unused] if unused else [])


def _kind(line: Line, layout: Sequence[Column]) -> str:
    """item, section, note, or "" for blank rows and rows that hold a number only."""
    cells = line.texts()
    if not cells:
        return ""
    if is_note(line.cells):
        return "note"
    if len(cells) == 1:
        return _kind_of_single(line, layout)
    return "section" if _is_loose_section(line, layout) else "item"


def _kind_of_single(line: Line, layout: Sequence[Column]) -> str:
    cell = line.texts()[0]
    text = cell.text.strip()
    column = next(index for index, each in enumerate(line.cells) if each.text.strip())
    if cell.width > 1 and cell.width * 2 >= len(layout):
        return "section" if is_section(text) else "note"
    if layout[column].means in (*ITEM_KEYS, "elements"):
        return "section" if is_numbered(text) and text.endswith("领域") else "item"
    if layout[column].means == "seq" and re.fullmatch(r"[\d.、-]+", text):
        return ""
    if column == _first(layout) or layout[column].means == "seq":
        return "section" if is_section(text) else "note"
    return "item"


def _first(layout: Sequence[Column]) -> int:
    """The first column with a title: a sheet may leave its column A empty."""
    return next((index for index, column in enumerate(layout) if column.title), 0)


def _is_loose_section(line: Line, layout: Sequence[Column]) -> bool:
    """一 | 社会救助领域 | (all else blank): a heading that was not merged."""
    cells = line.texts()
    numbers = positions(layout, "seq")
    if len(cells) != 2 or not numbers or len(layout) < 4:
        return False
    return cells[0].left == numbers[0] and bool(_CHINESE_NUMBER.fullmatch(cells[0].text.strip())) and is_section(cells[1].text)


def _names_field(text: str) -> bool:
    return text.strip().endswith("领域") or field_of_words(text) in KNOWN_FIELDS


def _raw(line: Line, layout: Sequence[Column]) -> dict[str, str]:
    """Cells by column. A cell merged across 一级事项 and 二级事项 names one level only, so the second stays empty."""
    raw: dict[str, str] = {}
    seen: set[tuple[int, int]] = set()
    for column, cell in zip(layout, line.cells, strict=False):
        level = column.means in ITEM_KEYS
        raw[column.key] = "" if level and cell.origin in seen else cell.text
        if level and cell.text.strip():
            seen.add(cell.origin)
    return raw


def _identity(layout: Sequence[Column]) -> list[int]:
    return [index for index, column in enumerate(layout) if column.means in ("seq", *ITEM_KEYS, "elements")]


def _is_same_item(previous: Line, line: Line, layout: Sequence[Column]) -> bool:
    """Number, names and elements all merged with the row above: one item whose other cells were split over rows."""
    places = _identity(layout)
    pairs = [(previous.cells[index], line.cells[index]) for index in places]
    filled = [(above, cell) for above, cell in pairs if above.text.strip() or cell.text.strip()]
    return bool(filled) and all(above.origin == cell.origin for above, cell in filled)


def _append(draft: Draft, line: Line, layout: Sequence[Column]) -> None:
    for column, above, cell in zip(layout, draft.line.cells, line.cells, strict=False):
        if cell.origin != above.origin and cell.text.strip():
            draft.raw[column.key] = f"{draft.raw[column.key]}\n{cell.text}".strip("\n")
    draft.line = line


def _resolve_dittos(drafts: Sequence[Draft], layout: Sequence[Column]) -> None:
    for index, draft in enumerate(drafts):
        above = drafts[index - 1].cells if index else {}
        for column in layout:
            draft.cells[column.key] = _resolved(draft, column, above)


def _resolved(draft: Draft, column: Column, above: dict[str, str]) -> str:
    text = draft.raw.get(column.key, "").strip()
    if not text or not _DITTO.fullmatch(normalise(text) or text):
        return text
    if not above.get(column.key):
        draft.problems.append(_("“{column}”写的是“{text}”，上面没有可以照抄的内容。").format(column=column.title, text=text))
    return above.get(column.key, "")


def _fill_down(drafts: Sequence[Draft], column: Column, layout: Sequence[Column]) -> Iterator[str]:
    """Issuers write a first level once and leave the cells below it blank without merging them.

    Blanks are filled only when the evidence is whole: each blank row of the table names a lower level, has a row above
    it with the name, in the same section, and the column is not the last one that names items.
    """
    lower = _lower_levels(layout, column)
    blanks = [draft for draft in drafts if not draft.cells[column.key]]
    if not lower or not blanks or len(blanks) == len(drafts) or not all(_names_lower(draft, lower) for draft in blanks):
        return
    name, filled = "", 0
    for previous, draft in zip([None, *drafts[:-1]], drafts, strict=True):
        if previous is None or previous.section != draft.section or _upper_changed(previous, draft, column, layout):
            name = ""
        filled += bool(name and not draft.cells[column.key])
        name = draft.cells[column.key] = draft.cells[column.key] or name
    if filled:
        yield _("“{column}”有 {count} 行是空的，按上一行补上了。").format(column=column.title, count=filled)


def _lower_levels(layout: Sequence[Column], column: Column) -> list[str]:
    order = ("field", "category", "level1", "item", "level2", "level3")
    place = order.index(column.means)
    return [other.key for other in layout if other.means in order[place + 1 :]]


def _names_lower(draft: Draft, lower: Sequence[str]) -> bool:
    return any(draft.cells[key] for key in lower)


def _upper_changed(previous: Draft, draft: Draft, column: Column, layout: Sequence[Column]) -> bool:
    order = ("field", "category", "level1", "item", "level2", "level3")
    upper = [other.key for other in layout if other.means in order[: order.index(column.means)]]
    return any(previous.cells[key] != draft.cells[key] for key in upper)
