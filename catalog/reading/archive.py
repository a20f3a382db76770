"""A zip container is checked before any library opens it: sizes, ratio, entities, damage, merges."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from . import bounds
from .errors import Refused

_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, OSError, RuntimeError,
    ValueError, etree.XMLSyntaxError,
)  # fmt: skip
_CHUNK = 64 * 1024
_DECLARATIONS = tuple(word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def check_archive(data: bytes) -> None:
    """Read every entry once, in pieces, within the bounds.

    Raises:
        Refused: damaged, encrypted, an entity declaration, or more inside than the bounds allow.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_declared(archive.infolist())
            for entry in archive.infolist():
                _check_content(archive, entry)
    except _BROKEN as error:
        raise bounds.damaged() from error


def _check_declared(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > bounds.MAX_ENTRIES or sum(entry.file_size for entry in entries) > bounds.MAX_UNPACKED_BYTES:
        raise bounds.too_much_inside()
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Refused(_("文件加了密码，打不开，请去掉密码后另存为 xlsx 再传。"))
        if entry.file_size > bounds.RATIO_FREE_BYTES and entry.file_size > bounds.MAX_PACK_RATIO * max(entry.compress_size, 1):
            raise bounds.too_much_inside()


def _check_content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    tail = b""
    for chunk in _chunks(archive, entry):
        if is_xml and any(word in tail + chunk for word in _DECLARATIONS):
            raise Refused(_("文件里有不该有的实体定义，为安全起见没有读取，请另存为新的 xlsx 再传。"))
        tail = chunk[-32:]
    if _SHEET.fullmatch(entry.filename):
        with archive.open(entry) as stream:
            _check_sheet(stream, entry.filename)


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry in pieces. The declared size bounds the read: zipfile stops there and then finds a wrong checksum."""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _check_sheet(stream: object, name: str) -> None:
    """Count the cells, and those that merges cover: a library makes an object for each."""
    cells = 0
    events = etree.iterparse(stream, events=("end",), tag=("{*}c", "{*}mergeCell"), resolve_entities=False)
    for _event, element in events:
        cells += 1 if etree.QName(element).localname == "c" else _area(element.get("ref", ""))
        if cells > bounds.MAX_CELLS:
            raise bounds.too_many_rows(name.rsplit("/", 1)[-1])
        element.clear()


def _area(reference: str) -> int:
    match = _RANGE.fullmatch(reference)
    if not match:
        return 1
    left, top, right, bottom = match.groups()
    width = _column(right or left) - _column(left) + 1
    return width * (int(bottom or top) - int(top) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
