"""Finding copies without comparing every pair: a digest of the normalised text for exact ones, a sketch for near ones.

Dates, periods and the unit's own name are taken out first: a text in which only they were changed is a copy.
One-permutation minhash: each run of five characters is hashed once; its first bits choose one of 32 buckets, which keeps the smallest.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from struct import pack, unpack

from search.analysis import normalise

FEWEST_CHARACTERS = 40
ALIKE = 0.9
_RUN, _BUCKETS, _ROWS = 5, 32, 4
_EMPTY = 0xFFFF_FFFF
_TIMES = re.compile(r"(?:19|20)\d{2}年?(?:度)?|\d{1,2}月(?:份)?|\d{1,2}[日号]|第?[一二三四1-4]季度|[上下]半年|本(?:季度|月|年)")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Print:
    """Empty `digest`: too short to say anything."""

    digest: str = ""
    sketch: bytes = b""

    def bands(self) -> list[int]:
        """Texts that are at least 0.9 alike share one of these with a probability of 0.999; unlike ones hardly ever."""
        cells = unpack(f">{_BUCKETS}I", self.sketch) if self.sketch else ()
        found = []
        for start in range(0, len(cells), _ROWS):
            rows = cells[start : start + _ROWS]
            if any(cell != _EMPTY for cell in rows):
                found.append(_number(bytes([start]) + pack(f">{_ROWS}I", *rows)) >> 1)
        return found


def print_of(words: str, own_names: Iterable[str] = ()) -> Print:
    """The print of a text of these words, published by a unit of these names."""
    plain = normalise(words)
    for name in sorted(own_names, key=len, reverse=True):
        plain = plain.replace(normalise(name), "")
    plain = _SIGNS.sub("", _TIMES.sub("", plain))
    if len(plain) < FEWEST_CHARACTERS:
        return Print()
    return Print(hashlib.sha256(plain.encode()).hexdigest(), _sketch(plain))


def _sketch(plain: str) -> bytes:
    cells = [_EMPTY] * _BUCKETS
    for run in {plain[n : n + _RUN] for n in range(len(plain) - _RUN + 1)}:
        number = _number(run.encode())
        bucket, value = number >> 59, number & _EMPTY
        cells[bucket] = min(cells[bucket], value)
    return pack(f">{_BUCKETS}I", *cells)


def _number(words: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big")


def likeness(one: Print, other: Print) -> float:
    """About the share of runs that both have, of those that either has; 1 for equal texts, 0 where one is too short."""
    if not one.digest or not other.digest:
        return 0.0
    if one.digest == other.digest:
        return 1.0
    pairs = [pair for pair in zip(*(unpack(f">{_BUCKETS}I", row.sketch) for row in (one, other)), strict=True) if pair != (_EMPTY, _EMPTY)]
    return sum(a == b for a, b in pairs) / len(pairs)
