"""Personal data in a file by itself; in a disclosure the rules look for it (rules/personal_data.py)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from ..extraction import Limits
from ..extraction.pieces import Piece, pieces
from ..extraction.result import SENTENCES, State, Unreadable
from ..rules.personal import Finding, Words, at, find, mask


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
