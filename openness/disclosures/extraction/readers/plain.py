"""Plain text and CSV, in the encodings that China's offices use."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path

from ..result import Limits, Page, State, Unreadable
from ..words import clean

_MARKED = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))
_LONGEST_CHARACTER = 4


def read(path: Path, limits: Limits) -> Iterator[Page]:
    with path.open("rb") as file:
        raw = file.read((limits.characters + 1) * _LONGEST_CHARACTER)
    yield Page("", clean(decode(raw)))


def decode(raw: bytes) -> str:
    """Text that may end within a character.

    Raises:
        Unreadable: it is no text.
    """
    marked = [name for mark, name in _MARKED if raw.startswith(mark)]
    for name in marked or ("utf-8", "gb18030"):
        text = _try(raw, name)
        if text is not None and "\0" not in text:
            return text
    raise Unreadable(State.UNSUPPORTED)


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return getincrementaldecoder(encoding)().decode(raw)
    except UnicodeDecodeError:
        return None
