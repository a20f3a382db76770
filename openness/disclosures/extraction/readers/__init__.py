"""One reader a format: a path and limits in, fragments of pages out, lazily, so that reading stops where keeping stops."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from ..kinds import Kind
from ..result import Limits, Page, State, Unreadable

Reader = Callable[[Path, Limits], Iterator[Page]]

_MODULES = {
    Kind.PDF: "pdf",
    Kind.DOCX: "word",
    Kind.XLSX: "excel",
    Kind.PPTX: "slides",
    Kind.OLD_WORD: "old_word",
    Kind.OLD_EXCEL: "old_excel",
    Kind.HTML: "web",
    Kind.TEXT: "plain",
}
_UNREAD = {
    Kind.OLD_SLIDES: "老的 ppt 文件读不出文字。请另存为 pptx 或 PDF。",
    Kind.OFD: "OFD 文件读不出文字。请另附一份 PDF 或 docx。",
    Kind.ODF: "OpenDocument 文件读不出文字。请另存为 docx 或 PDF。",
    **dict.fromkeys((Kind.ZIP, Kind.PACKED), "压缩包里的文字读不出来。请直接上传里面的文件。"),
    Kind.PICTURE: "图片里的文字读不出来。请另附文字版。",
}


def reader_of(kind: Kind) -> Reader:
    """The reader of a kind; its library is loaded only now.

    Raises:
        Unreadable: nothing reads this kind.
    """
    if kind not in _MODULES:
        raise Unreadable(State.UNSUPPORTED, _UNREAD.get(kind, ""))
    read: Reader = import_module(f".{_MODULES[kind]}", __name__).read
    return read
