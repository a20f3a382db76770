"""Sheets of paper and sizes of type: what is asked for, and about how much fits. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

_MM_A_POINT = 0.3528
_LINE = 1.55  # of the size of the type
_MARGINS = (28, 24)
_ALWAYS = 11  # lines of the heading and of what stands below the text
SMALLEST = 16


@dataclass(frozen=True)
class Paper:
    """Width and height in millimetres; `types` in points, the largest first."""

    size: str
    turn: str
    width: int
    height: int
    types: tuple[int, ...]

    @property
    def css(self) -> str:
        return f"css/paper/{self.size.lower()}-{self.turn}.css"

    @property
    def query(self) -> str:
        return f"paper={self.size}&turn={self.turn}"

    def lines(self, words: Iterable[str], points: int) -> float:
        """About how many lines these paragraphs and rows take; a Chinese character is as wide as its type is high."""
        across = (self.width - _MARGINS[0]) / (points * _MM_A_POINT)
        return _ALWAYS + sum(max(1, ceil(len(line) / across)) * 1.15 for line in words)

    def fits(self, words: Iterable[str], points: int) -> bool:
        return self.lines(words, points) <= (self.height - _MARGINS[1]) / (points * _MM_A_POINT * _LINE)


_A4, _A3 = (24, 20, 18, SMALLEST), (34, 28, 24, 20, SMALLEST)
PAPERS = (
    Paper("A4", "landscape", 297, 210, _A4),
    Paper("A4", "portrait", 210, 297, _A4),
    Paper("A3", "landscape", 420, 297, _A3),
    Paper("A3", "portrait", 297, 420, _A3),
)


def paper_asked(size: str, turn: str) -> Paper:
    """A4 where the address names no size that there is, landscape where it names no way to turn it."""
    of_size = [one for one in PAPERS if one.size == size.upper()] or PAPERS
    return next((one for one in of_size if one.turn == turn), of_size[0])


def type_of(paper: Paper, words: list[str]) -> int:
    """The largest type with which these words probably fit one page; the smallest where none does."""
    return next((points for points in paper.types if paper.fits(words, points)), SMALLEST)
