"""文号 read and written in one way: issuer's word, year in 〔〕, running number (GB/T 9704-2012, 7.2.5)."""

import re
from dataclasses import dataclass
from unicodedata import normalize

_YEARLY = re.compile(r"([^\d\[\](){}〔〕【】]{1,40})[\[(〔【〈]((?:19|20)\d{2})[\])〕】〉]第?(\d{1,6})号")
_ORDER = re.compile(r"([^\d\[\](){}〔〕【】]{1,40}令)(?:\(?第?)(\d{1,6})号\)?")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Number:
    """`year` is None for orders that run through all years: 国务院令第711号."""

    word: str
    year: int | None
    serial: int

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.serial}号" if self.year else f"{self.word}第{self.serial}号"


def parse_number(text: str) -> Number | None:
    """None for what is no 文号. Brackets of every kind, full-width digits, blanks and 第 make no difference."""
    plain = _SPACE.sub("", normalize("NFKC", text))
    if found := _YEARLY.fullmatch(plain):
        return Number(found[1], int(found[2]), int(found[3]))
    found = _ORDER.fullmatch(plain)
    return Number(found[1], None, int(found[2])) if found else None
