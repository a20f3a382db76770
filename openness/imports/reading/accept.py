"""What may be brought in at all: by content, not by name; everything else is refused with what to do."""

import zipfile
import zlib
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from openness.disclosures.extraction import kinds
from openness.disclosures.extraction.locks import is_locked
from openness.disclosures.extraction.readers.ooxml import refuse_bombs
from openness.disclosures.extraction.result import Limits, State, Unreadable
from openness.disclosures.services.attachment_texts import reading_limits
from openness.units.refusal import Refused

from ..limits import MOST_BYTES, MOST_UNPACKED_BYTES

_MACROS = "vbaproject.bin"
_DECLARATIONS = tuple(word.encode(name) for word in ("<!DOCTYPE", "<!ENTITY") for name in ("ascii", "utf-16-le", "utf-16-be"))
_CHUNK, _OVERLAP = 1 << 20, 32
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
_OFFICE = frozenset({kinds.Kind.DOCX, kinds.Kind.PPTX, kinds.Kind.OLD_WORD, kinds.Kind.OLD_SLIDES, kinds.Kind.PDF, kinds.Kind.OFD})


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    WORDPRESS = "wordpress"


def limits() -> Limits:
    return replace(reading_limits(), file_bytes=MOST_BYTES, unpacked_bytes=MOST_UNPACKED_BYTES)


def format_of(path: Path) -> Format:
    """Raises Refused for what cannot be brought in."""
    size = path.stat().st_size
    if not size:
        raise Refused(_("这是空文件，请换一个。"))
    if size > MOST_BYTES:
        raise Refused(_("文件超过 32 MB。请分成几个文件。"))
    try:
        return _format(path)
    except Unreadable as why:
        raise refused(why) from why


def refused(why: Unreadable) -> Refused:
    words = {
        State.ENCRYPTED: _("文件有密码，打不开。请去掉密码再传。"),
        State.TOO_LARGE: _("文件解开以后大得不正常，没有读。请另存为新的 .xlsx 再传。"),
        State.UNSUPPORTED: _("认不出文件里的文字。请另存为 .xlsx 或 UTF-8 的 .csv 再传。"),
    }
    return Refused(words.get(why.state) or _("文件坏了，打不开。请重新保存一份再传。"))


def _format(path: Path) -> Format:
    kind = kinds.kind_of(path)
    if is_locked(kind, path):
        raise Unreadable(State.ENCRYPTED)
    if kind is kinds.Kind.XLSX:
        _no_macros(path)
        refuse_bombs(path, limits())
        _no_entities(path)
        return Format.XLSX
    if kind is kinds.Kind.OLD_EXCEL:
        raise Refused(_("这是老格式的表格（.xls）。请打开后点“另存为”，类型选 .xlsx，再传。"))
    if kind in _OFFICE:
        raise Refused(_("这不是表格。请传 .xlsx 文件。"))
    return _of_text(path)


def _no_macros(path: Path) -> None:
    if any(member.filename.lower().endswith(_MACROS) for member in kinds.members(path)):
        raise Refused(_("表格里带有宏，为安全起见没有读。请另存为不带宏的 .xlsx 再传。"))


def _no_entities(path: Path) -> None:
    """In no part of the workbook; each is read as far as it says that it goes."""
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with archive.open(member) as part:
                        no_declarations(part)
    except _DAMAGED as fault:
        raise Unreadable(State.DAMAGED) from fault


def no_declarations(stream: IO[bytes]) -> None:
    """Raises Refused where a piece of XML defines entities."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        if any(word in tail + chunk for word in _DECLARATIONS):
            raise Refused(_("文件里有不该有的实体定义，为安全起见没有读。请重新导出再传。"))
        tail = chunk[-_OVERLAP:]


def _of_text(path: Path) -> Format:
    if zipfile.is_zipfile(path):
        raise Refused(_("这是压缩包。请解开，传里面的文件。"))
    with path.open("rb") as file:
        head = file.read(4096)
    bare = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith((b"<?xml", b"<rss")):
        return Format.WORDPRESS
    if bare.startswith(b"<") or head.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8", b"Rar!", b"7z")):
        raise Refused(_("读不了这种文件。请传 .xlsx、.csv、.json，或者 WordPress 导出的 .xml。"))
    return Format.JSON if bare.startswith((b"{", b"[")) else Format.CSV
