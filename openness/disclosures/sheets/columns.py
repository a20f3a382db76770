"""What a column of a table holds, and by which headings people call it."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_BESIDE = re.compile(r"[(（\[【].*?[)）\]】]|[\s:：*＊、]")


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"  # yuan, to the cent
    DATE = "date"
    SIDE = "side"  # 收入 or 支出


NUMERIC = frozenset({Kind.NUMBER, Kind.MONEY})


@dataclass(frozen=True)
class Column:
    """`aliases` are other headings of the same; `required` where the row has anything at all."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(map(bare, (self.label, *self.aliases)))


def bare(heading: str) -> str:
    """A heading without its unit in brackets, signs and width: 金额（元） is 金额."""
    return _BESIDE.sub("", unicodedata.normalize("NFKC", heading))
