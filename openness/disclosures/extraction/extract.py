"""From a file to its pages, or to the reason why there are none."""

from pathlib import Path

from .kinds import Kind, kind_of
from .locks import is_locked
from .readers import reader_of
from .result import SENTENCES, Extracted, Limits, Page, State, Unreadable, keep, refusal

# A scanner stamps a page number or a date at most.
_FEWEST_LETTERS_A_PAGE = 5


def extract(path: Path, limits: Limits) -> Extracted:
    """Read one file, whatever it is called.

    Raises:
        MemoryError: the process has not enough memory left for it.
    """
    try:
        if path.stat().st_size > limits.file_bytes:
            return refusal(State.TOO_LARGE)
        kind = kind_of(path)
        if is_locked(kind, path):
            return refusal(State.ENCRYPTED)
        pages, cut = keep(reader_of(kind)(path, limits), limits)
    except Unreadable as why:
        return Extracted(why.state, why.sentence)
    return _judge(kind, pages, cut, limits)


def look(path: Path) -> Extracted:
    """Only whether it asks for a password: encrypted, or readable for all that is known without reading it."""
    try:
        locked = is_locked(kind_of(path), path)
    except Unreadable as why:
        return Extracted(why.state, why.sentence)
    return refusal(State.ENCRYPTED) if locked else Extracted(State.READABLE)


def _judge(kind: Kind, pages: tuple[Page, ...], cut: bool, limits: Limits) -> Extracted:
    letters = sum(len(page.text) for page in pages)
    worded = tuple(page for page in pages if page.text)
    if letters < _fewest(kind, pages):
        return Extracted(State.SCANNED, SENTENCES[State.SCANNED], worded)
    sentence = f"文件很长，只收了前面 {letters} 字，后面的搜不到。" if cut else ""
    return Extracted(State.READABLE, sentence, worded)


def _fewest(kind: Kind, pages: tuple[Page, ...]) -> int:
    return max(1, _FEWEST_LETTERS_A_PAGE * len(pages)) if kind is Kind.PDF else 1
