"""Rows that are no items: notes, signatures, totals and page numbers, and section rows."""

import re
import unicodedata
from collections.abc import Sequence

from .grid import Cell, distinct

_NOTE = re.compile(
    r"(?:(?:附?注|备注|说明|填表说明|填报说明|编制说明|注释|附注)\d*(?:[:、.]|$|\d)|注\d|※|\*"
    r"|(?:填表|填报|填写|制表|编制|审核|审批|复核|经办|负责|联系|签发)(?:人|单位|日期|时间|部门|电话|领导)(?:\(?签[字章]\)?|\(?盖章\)?)?(?:[:]|$)|(?:填表|填报|制表)日期"
    r"|(?:本页|本表|总|小|合)?(?:合计|小计|总计|共计)(?:[:\d(]|$)|共\d+[项条页]|第\d+页|-\d+-$|\d+/\d+$|\d{4}年\d{1,2}月\d{1,2}日$|单位\(?盖章\)?)"
)
_SECTION = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}(?:、|部分|[.．]|章|类)|[(（][一二三四五六七八九十]{1,3}[)）])")
_SUBSECTION = re.compile(r"^(?:[(（]|\d)")
_MAX_SECTION = 60


def is_note(row: Sequence[Cell]) -> bool:
    """Notes, signatures, totals: told by the first words of the row."""
    first = next((cell for cell in row if cell.text.strip()), None)
    return first is not None and note_like(first.text)


def note_like(text: str) -> bool:
    return bool(_NOTE.match(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))))


def row_text(row: Sequence[Cell]) -> str:
    return " ".join(cell.text.strip() for cell in distinct(row))


def section_text(row: Sequence[Cell]) -> str:
    """一 | 社会救助领域 reads 一、社会救助领域."""
    return re.sub(r"^([一二三四五六七八九十]{1,3}) ", r"\1、", row_text(row))


def is_section(text: str) -> bool:
    """A heading inside the table: numbered, or naming a field, and no whole sentence."""
    text = text.strip()
    return len(text) <= _MAX_SECTION and not text.endswith(("。", "；", ";")) and "\n" not in text


def is_numbered(text: str) -> bool:
    return bool(_SECTION.match(text.strip())) or text.strip().endswith("领域")


def is_subsection(text: str) -> bool:
    return bool(_SUBSECTION.match(text.strip()))
