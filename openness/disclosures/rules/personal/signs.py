"""Numbers as people write them, brought to one form sign by sign: every position stays where it was."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property

# Every category of signs that take no room of their own; the variation selectors of ①️ and the like are among them.
_INVISIBLE = {"Cf", "Mn", "Me"}
_MOST = 0x20000
_DASHES = "-‐‑‒–—―−﹣－﹘⁃ー─━~～"
_DOTS = ".．·•・‧∙⋅﹒"
_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_OTHER = {
    "（": "(",
    "）": ")",
    "／": "/",
    "＼": "\\",
    "，": ",",
    "、": ",",
    "﹐": ",",
    "：": ":",
    "＿": "_",
    "＠": "@",
    "｜": "|",
    "＋": "+",
}
_NUMERALS = {
    **{sign: str(value) for value, sign in enumerate("零一二三四五六七八九")},
    **{sign: str(value) for value, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{sign: str(value) for value, sign in enumerate("①②③④⑤⑥⑦⑧⑨", start=1)},
    "○": "0", "⓪": "0", "幺": "1", "貳": "2", "叄": "3", "陸": "6", "两": "2",
}  # fmt: skip
NOTHING = "\0"
_AS_X = dict.fromkeys(map(ord, "x×хХχΧⅹⅩ✕"), "X")
_NUMERAL_RUN = re.compile(f"[{''.join(_NUMERALS)}][ {NOTHING}-]?[0-9{''.join(_NUMERALS)}]")


@cache
def _signs() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in range(0x80, _MOST):
        sign = chr(code)
        category = unicodedata.category(sign)
        if category == "Nd":
            table[code] = str(unicodedata.decimal(sign))
        elif category in _INVISIBLE:
            table[code] = NOTHING
        elif category == "Zs":
            table[code] = " "
        elif 0xFF21 <= code <= 0xFF5A and sign.isalpha():
            table[code] = unicodedata.normalize("NFKC", sign)
    for plain, signs in (("-", _DASHES), (".", _DOTS), ("\n", _BREAKS)):
        table.update({ord(sign): plain for sign in signs})
    return {**table, ord("\t"): " ", **{ord(sign): plain for sign, plain in _OTHER.items()}}


@cache
def _numerals() -> dict[int, str]:
    return {ord(sign): digit for sign, digit in _NUMERALS.items()}


@dataclass(frozen=True)
class Words:
    """What the finders read: the words of one place, and what stands around them there.

    `heading` is what the column is called; `row` are the other cells of the row, headings included; `is_number`: the cell of a sheet holds a number.
    """

    raw: str = field(repr=False)
    heading: str = ""
    row: str = field(default="", repr=False)
    is_number: bool = False

    @cached_property
    def letters(self) -> str:
        """As long as `raw`: ASCII digits and letters, one sign for each sort of dash, dot, space and line break, `NOTHING` for the invisible."""
        return self.raw.translate(_signs())

    @cached_property
    def plain(self) -> str:
        """`letters` with one X for whatever looks like the last place of an identity number."""
        return self.letters.translate(_AS_X)

    @cached_property
    def with_numerals(self) -> str:
        """The same with 一三八 read as 138; empty where no two such signs follow each other."""
        return self.plain.translate(_numerals()) if _NUMERAL_RUN.search(self.plain) else ""

    def before(self, start: int, reach: int) -> str:
        """So many signs to the left, without invisible ones; the column's heading counts as being in front of the cell."""
        text = self.plain[max(0, start - reach) : start].replace(NOTHING, "")
        return f"{self.heading}:{text}" if self.heading and start < reach else text

    def after(self, end: int, reach: int) -> str:
        return self.plain[end : end + reach].replace(NOTHING, "")

    def number(self, start: int, end: int) -> str:
        """The digits (and a last X) between two positions, to compare numbers with; not to be stored or shown."""
        return "".join(sign for sign in (self.with_numerals or self.plain)[start:end] if sign.isdigit() or sign == "X")
