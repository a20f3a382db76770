"""What reading a file gives, and how much of it may be asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How the reading of a file ended. Only a readable or scanned file has pages."""

    READABLE = "readable"
    SCANNED = "scanned"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"


SENTENCES = {
    State.READABLE: "",
    State.SCANNED: "这是扫描件或图片，里面的文字读不出来，群众搜不到。请换成文字版的 PDF 或 docx。",
    State.ENCRYPTED: "文件有密码，别人打不开。请去掉密码再上传。",
    State.UNSUPPORTED: "这种文件读不出文字。请另存为 docx 或 PDF。",
    State.DAMAGED: "文件坏了或太复杂，打不开。请重新导出再上传。",
    State.TOO_LARGE: "文件太大，读不出文字。请拆成几个小文件。",
    State.TOO_SLOW: "文件太复杂，没有读完。请拆成几个小文件，或另存为 docx。",
}


class Page(NamedTuple):
    """The words of one place in a file. `label` is how people name the place: 第 3 页, a sheet's name, 第 2 张; "" without pages."""

    label: str
    text: str


@dataclass(frozen=True)
class Extracted:
    """The pages in their order, and one Chinese sentence where there is something to say."""

    state: State
    sentence: str = ""
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True)
class Limits:
    """How much one file may cost: sizes in bytes, times in seconds; `characters` and `pages` are how many are kept."""

    file_bytes: int
    unpacked_bytes: int
    characters: int
    pages: int
    memory_bytes: int
    cpu_seconds: int
    seconds: float


class Unreadable(Exception):
    """The file gives no text: why, and what the clerk is told."""

    def __init__(self, state: State, sentence: str = "") -> None:
        self.state, self.sentence = state, sentence or SENTENCES[state]
        super().__init__(self.sentence)


def refusal(state: State) -> Extracted:
    return Extracted(state, SENTENCES[state])


def keep(fragments: Iterable[Page], limits: Limits) -> tuple[tuple[Page, ...], bool]:
    """Put fragments with the same label together, a line each, until a limit is reached.

    Returns:
        The pages, those without words included, and whether something was left out.
    """
    kept: dict[str, list[str]] = {}
    left = limits.characters
    for label, text in fragments:
        if left <= 0 or (label not in kept and len(kept) >= limits.pages):
            return _pages(kept), True
        kept.setdefault(label, []).append(text[:left])
        if len(text) > left:
            return _pages(kept), True
        left -= len(text) + 1  # the end of the line
    return _pages(kept), False


def _pages(kept: dict[str, list[str]]) -> tuple[Page, ...]:
    return tuple(Page(label, "\n".join(filter(None, lines))) for label, lines in kept.items())
