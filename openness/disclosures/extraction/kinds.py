"""What a file is, by its content: names lie, and many a .doc is a web page."""

import zipfile
from enum import StrEnum
from pathlib import Path

import olefile

from .result import State, Unreadable

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_MARKUP = (b"{\\rtf", b"MIME-Version", b"<?xml")
_WEB = (b"<html", b"<!doctype html", b"<table", b"<body")
MOST_MEMBERS = 20_000


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    OLD_WORD = "doc"
    OLD_EXCEL = "xls"
    OLD_SLIDES = "ppt"
    LOCKED_OFFICE = "locked"
    HTML = "html"
    TEXT = "txt"
    OFD = "ofd"
    ODF = "odf"
    ZIP = "zip"
    PACKED = "packed"
    PICTURE = "picture"
    UNKNOWN = "unknown"


_MEMBERS = (
    ("word/document", Kind.DOCX),
    ("xl/workbook.xml", Kind.XLSX),
    ("ppt/presentation.xml", Kind.PPTX),
    ("OFD.xml", Kind.OFD),
    ("META-INF/manifest.xml", Kind.ODF),
)
_STREAMS = (
    ("EncryptedPackage", Kind.LOCKED_OFFICE),
    ("WordDocument", Kind.OLD_WORD),
    ("Workbook", Kind.OLD_EXCEL),
    ("Book", Kind.OLD_EXCEL),
    ("PowerPoint Document", Kind.OLD_SLIDES),
)


def kind_of(path: Path) -> Kind:
    """The kind of a file.

    Raises:
        Unreadable: it has the beginning of a zip or of an old Office file, and not the rest.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_OLE):
        return _old_office(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path)
    return _by_head(head)


def _by_head(head: bytes) -> Kind:
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(_PICTURES):
        return Kind.PICTURE
    if head.startswith(_PACKED):
        return Kind.PACKED
    ascii_head = head.replace(b"\0", b"").lower()  # UTF-16 too
    if any(tag in ascii_head for tag in _WEB):
        return Kind.HTML
    return Kind.UNKNOWN if head.lstrip().startswith(_MARKUP) else Kind.TEXT


def _zipped(path: Path) -> Kind:
    names = [member.filename for member in members(path)]
    for beginning, kind in _MEMBERS:
        if any(name.startswith(beginning) for name in names):
            return kind
    return Kind.ZIP


def members(path: Path) -> list[zipfile.ZipInfo]:
    """The entries of a zip.

    Raises:
        Unreadable: damaged, or too many entries.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
    except zipfile.BadZipFile as fault:
        raise Unreadable(State.DAMAGED) from fault
    if len(listed) > MOST_MEMBERS:
        raise Unreadable(State.TOO_LARGE)
    return listed


def _old_office(path: Path) -> Kind:
    try:
        with olefile.OleFileIO(path) as ole:
            return next((kind for name, kind in _STREAMS if ole.exists(name)), Kind.UNKNOWN)
    except (OSError, ValueError) as fault:
        raise Unreadable(State.DAMAGED) from fault
