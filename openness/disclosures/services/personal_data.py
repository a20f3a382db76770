"""Personal data in a disclosure with its files, or in a file by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ..extraction import Limits
from ..extraction.pieces import Piece, pieces
from ..extraction.result import SENTENCES, State, Unreadable
from ..models.files import Attachment
from ..models.texts import AttachmentText
from ..rules.personal import Finding, Words, at, find, mask
from ..text import TABLES, body_text, sheet_of
from .receipts import files_of

if TYPE_CHECKING:
    from ..models import Disclosure

_LINK = re.compile(r'href="([^"]+)"')


@dataclass(frozen=True)
class CheckedFile:
    """What was found in a file. `name` is masked; `sentence` says why it could not be read, "" if it could."""

    name: str
    findings: tuple[Finding, ...]
    sentence: str = ""


def check_file(path: Path, limits: Limits) -> CheckedFile:
    """Read a file in this process and look for personal data in it, its name included. No database is asked."""
    in_name = tuple(at(_("文件名"), path.stem))
    name = mask(path.name)
    try:
        return CheckedFile(name, in_name + tuple(one for piece in pieces(path, limits) for one in _in_piece(piece)))
    except Unreadable as why:
        return CheckedFile(name, in_name, why.sentence)
    except (OSError, MemoryError) as fault:
        return CheckedFile(name, in_name, _why(fault))


def _why(fault: BaseException) -> str:
    if isinstance(fault, FileNotFoundError):
        return _("没有这个文件。")
    return SENTENCES[State.TOO_LARGE] if isinstance(fault, MemoryError) else _("文件打不开，请看看路径和权限。")


def _in_piece(piece: Piece) -> Iterator[Finding]:
    words = Words(piece.text, piece.heading, piece.row, piece.is_number)
    return (replace(one, place=piece.place_at(one.start)) for one in find(words))


def personal_data_of(disclosure: "Disclosure") -> list[Finding]:
    """In title, summary, paragraphs and cells, and in the words of the attachments that have been read. The unit's own telephones are none."""
    unit = disclosure.unit
    own = {re.sub(r"\D", "", phone) for phone in (unit.phone, unit.supervisor_phone) if phone}
    places = chain(_head(disclosure), _body(disclosure), _attached(disclosure))
    return [one for place, words in places for one in at(place, words) if words.number(one.start, one.end) not in own]


def _head(disclosure: "Disclosure") -> Iterator[tuple[str, Words]]:
    yield _("标题"), Words(disclosure.title)
    yield _("一句话看懂"), Words(disclosure.summary)


def _body(disclosure: "Disclosure") -> Iterator[tuple[str, Words]]:
    for number, block in enumerate(disclosure.body or (), start=1):
        place = f"第 {number} 段"
        if block.block_type in TABLES:
            value = block.value
            yield place, Words((value.caption if hasattr(value, "caption") else value["caption"]) or "")
            yield from _cells(place, *sheet_of(value))
        elif block.block_type == "element":
            yield place, Words("\n".join(filter(None, [block.value["name"], block.value["words"], block.value["reason"]])))
        else:
            yield place, Words(body_text([block]))
            if block.block_type == "text":
                yield place, Words("\n".join(_LINK.findall(block.value.source)))


def _cells(place: str, headings: list[str], rows: list[list[str]]) -> Iterator[tuple[str, Words]]:
    for number, row in enumerate(rows, start=1):
        for column, (heading, cell) in enumerate(zip(headings, row, strict=True)):
            if cell:
                others = "\n".join([*(one for at, one in enumerate(row) if one and at != column), "、".join(headings)])
                yield f"{place}第 {number} 行第 {column + 1} 列", Words(cell, heading, others)


def _attached(disclosure: "Disclosure") -> Iterator[tuple[str, Words]]:
    """What was read of another file than the present one does not count."""
    files = {file.pk: file for file in files_of(disclosure) if isinstance(file, Attachment)}
    if not files:
        return
    for text in AttachmentText.objects.filter(attachment__in=files).order_by("attachment"):
        file = files[text.attachment_id]
        if text.sha256 == file.sha256:
            yield from ((_("附件“{title}”{page}").format(title=mask(file.title), page=page), Words(words)) for page, words in text.pages)
