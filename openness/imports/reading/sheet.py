"""The head and the rows of any file: a head of names, then rows with their numbers, one after the other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from openness.disclosures.extraction.words import clean
from openness.units.refusal import Refused

from ..limits import MOST_CELL_CHARACTERS, MOST_COLUMNS, MOST_ROWS

EXAMPLE = "示例"
TO_CHANGE = "要改的地方"  # the column that we add to a file that goes back: its words are ours
_HEAD_WITHIN = 10
Row = tuple[int, list[str]]


@dataclass
class Sheet:
    """`rows` can be walked once; `said` grows while they are walked."""

    head: list[str]
    rows: Iterator[Row]
    said: list[str] = field(default_factory=list)


def headed(rows: Iterable[Row], known: frozenset[str]) -> Sheet:
    """The head is the row among the first ten that has most of the known names; without any, the first that says something.

    Raises:
        Refused: no row at all; while walking: too many rows.
    """
    walk = iter(rows)
    first = [row for _n, row in zip(range(_HEAD_WITHIN), walk, strict=False) if any(row[1])]
    if not first:
        raise Refused(_("文件是空的，没有读到内容。"))
    place = max(range(len(first)), key=lambda n: (sum(name_of(cell) in known for cell in first[n][1]), -n))
    head = first[place][1]
    width = max((n + 1 for n, cell in enumerate(head) if cell and cell != TO_CHANGE), default=0)
    return Sheet(head[:width], bounded(_below(first[place + 1 :], walk, width)))


def _below(first: Sequence[Row], walk: Iterator[Row], width: int) -> Iterator[Row]:
    for number, cells in (*first, *walk):
        if any(cells) and not cells[0].startswith(EXAMPLE):
            yield number, (cells + [""] * width)[:width]


def bounded(rows: Iterable[Row]) -> Iterator[Row]:
    """Raises Refused at the first row too many."""
    for count, row in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise Refused(_("超过 {n} 行，一次装不下。请分成几个文件。").format(n=MOST_ROWS))
        yield row


def name_of(cell: str) -> str:
    """A heading without what people add to it: spaces, stars, notes in brackets."""
    return cell.split("（", maxsplit=1)[0].split("(", maxsplit=1)[0].strip(" *＊:：\n").lower()


def cut(text: Any) -> str:
    """A cell as it is kept: one character more than allowed shows that it is too long."""
    return clean(text if isinstance(text, str) else str(text))[: MOST_CELL_CHARACTERS + 1]


def narrow(cells: Iterable[Any]) -> list[str]:
    return [cut("" if cell is None else cell) for cell in list(cells)[:MOST_COLUMNS]]
