"""Files of others as heads and rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from openness.disclosures.extraction.result import Unreadable
from openness.units.refusal import Refused

from . import records, separated, wordpress, workbook
from .accept import Format, format_of, refused
from .sheet import Sheet, headed

__all__ = ["Format", "Sheet", "open_sheet"]


@contextmanager
def open_sheet(path: Path, known: frozenset[str], allowed: frozenset[Format]) -> Iterator[Sheet]:
    """The head and rows of a file; `known` are names of columns by which the head is found.

    Raises:
        Refused: not one of the allowed formats, damaged, or more in it than is allowed; while walking, too.
    """
    try:
        kind = format_of(path)
        if kind not in allowed:
            raise _wrong_kind(allowed)
        yield _READERS[kind](path, known)
    except Unreadable as why:
        raise refused(why) from why


def _wrong_kind(allowed: frozenset[Format]) -> Refused:
    return Refused(_("这里要传 {kinds} 文件。").format(kinds="、".join(f".{kind}" for kind in sorted(allowed))))


_READERS: dict[Format, Callable[[Path, frozenset[str]], Sheet]] = {
    Format.XLSX: lambda path, known: headed(workbook.rows(path), known),
    Format.CSV: lambda path, known: headed(separated.rows(path), known),
    Format.JSON: lambda path, _known: records.sheet(path),
    Format.WORDPRESS: lambda path, _known: wordpress.sheet(path),
}
