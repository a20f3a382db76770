"""A random sample that anybody can draw again.

Each member of the population gets SHA-256 of "seed:number" (the number of the disclosure in its address, decimal); the sample are
the members with the smallest digests (hexadecimal, compared as text), in that order. No generator of any language is involved, so
`printf '%s:%s' SEED NUMBER | sha256sum` does the same. A member that leaves changes nothing about the others.
"""

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Drawn:
    """`population_hash` is SHA-256 of the numbers in ascending order, joined by commas."""

    sample: tuple[int, ...]
    population: int
    population_hash: str


def rank(seed: str, number: int) -> str:
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def draw(seed: str, size: int, population: Iterable[int]) -> Drawn:
    """Draw `size` members (all, if there are fewer)."""
    numbers = sorted(set(population))
    sample = heapq.nsmallest(size, numbers, key=lambda number: rank(seed, number))
    whole = hashlib.sha256(",".join(map(str, numbers)).encode()).hexdigest()
    return Drawn(tuple(sample), len(numbers), whole)
