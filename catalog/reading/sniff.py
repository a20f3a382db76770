"""What a file is, told from its content: suffixes lie (many .xls files are HTML pages)."""

import io
import re
import zipfile
from typing import Literal

from django.utils.translation import gettext as _

from .bounds import damaged
from .errors import Refused

Kind = Literal["xlsx", "docx", "html"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(r"<\s*(?:!doctype\s+html|html|table|body|head|meta|div|p|tr)\b", re.IGNORECASE)


def sniff(data: bytes) -> Kind:
    """Kind of the file.

    Raises:
        Refused: any kind that cannot be read, with what to do.
    """
    if data.startswith(_OLE):
        raise _ole(data)
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(b"%PDF"):
        raise Refused(_("这是 PDF 文件，读不出表格，请上传 xlsx 或 docx 原文件。"))
    if _is_html(data):
        return "html"
    raise Refused(_("这不是能读的表格文件，请另存为 xlsx 再传（也可以用 docx 或网页表格）。"))


def _ole(data: bytes) -> Refused:
    if _names(data, "EncryptedPackage") or _names(data, "EncryptionInfo"):
        return Refused(_("文件加了密码，打不开，请去掉密码后另存为 xlsx 再传。"))
    if _names(data, "WordDocument"):
        return Refused(_("这是旧版 Word 文件（doc），请打开后另存为 docx 再传。"))
    return Refused(_("这是旧版 Excel 文件（xls），请打开后另存为 xlsx 再传。"))


def _names(data: bytes, stream: str) -> bool:
    """Whether a compound file has a stream of this name: directory entries hold it in UTF-16."""
    return stream.encode("utf-16-le") in data


def _packed(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise damaged() from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "[Content_Types].xml" in names and any(name.startswith(("xl/", "word/")) for name in names):
        raise Refused(_("这种格式读不了（比如 xlsb），请打开后另存为 xlsx 再传。"))
    raise Refused(_("这是压缩包，不是表格文件，请解压后上传里面的 xlsx 或 docx。"))


def _is_html(data: bytes) -> bool:
    head = data[:65536]
    if head.lstrip()[:13].lower() == b"mime-version:":
        raise Refused(_("这是单个网页文件（mht），请打开后另存为 xlsx 再传。"))
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = head.decode(encoding, errors="replace")
    if "schemas-microsoft-com:office:spreadsheet" in text and "<Workbook" in text:
        raise Refused(_("这是 XML 表格，请打开后另存为 xlsx 再传。"))
    return bool(_MARKUP.search(text))
