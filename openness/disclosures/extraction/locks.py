"""Whether a file asks for a password. Cheap: a few sectors of an old Office file, a zip's list, a PDF's trailer."""

from collections.abc import Callable
from pathlib import Path
from struct import unpack_from

import olefile

from .kinds import Kind, members

_PASSWORD = 4  # PDFium's FPDF_ERR_PASSWORD
_ENCRYPTED_ENTRY = 0x1
_ENCRYPTED_WORD = 0x0100  # FibBase.fEncrypted, [MS-DOC] 2.5.2
_FILE_PASS = 0x2F  # [MS-XLS] 2.4.117
_FIRST_RECORDS = 8


def is_locked(kind: Kind, path: Path) -> bool:
    """True when nobody can read the file without a password."""
    test = _TESTS.get(kind)
    return bool(test and test(path))


def _pdf(path: Path) -> bool:
    from pypdfium2 import PdfDocument, PdfiumError  # only for a PDF: loading it takes longer than all the rest

    try:
        PdfDocument(path).close()
    except PdfiumError as fault:
        return getattr(fault, "err_code", None) == _PASSWORD
    return False


def _zip(path: Path) -> bool:
    return any(member.flag_bits & _ENCRYPTED_ENTRY for member in members(path))


def _old_word(path: Path) -> bool:
    head = _beginning(path, "WordDocument", 12)
    return len(head) == 12 and bool(unpack_from("<H", head, 10)[0] & _ENCRYPTED_WORD)


def _old_excel(path: Path) -> bool:
    """FILEPASS stands among the first records of the workbook."""
    head = _beginning(path, "Workbook", 4096) or _beginning(path, "Book", 4096)
    at = 0
    for _number in range(_FIRST_RECORDS):
        if at + 4 > len(head):
            return False
        record, length = unpack_from("<HH", head, at)
        if record == _FILE_PASS:
            return True
        at += 4 + length
    return False


def _beginning(path: Path, stream: str, size: int) -> bytes:
    with olefile.OleFileIO(path) as ole:
        return ole.openstream(stream).read(size) if ole.exists(stream) else b""


_TESTS: dict[Kind, Callable[[Path], bool]] = {
    Kind.PDF: _pdf,
    Kind.LOCKED_OFFICE: lambda _path: True,
    Kind.OLD_WORD: _old_word,
    Kind.OLD_EXCEL: _old_excel,
    **dict.fromkeys((Kind.ZIP, Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.OFD, Kind.ODF), _zip),
}
