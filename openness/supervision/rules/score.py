"""The arithmetic of a score, in whole numbers and fractions: no rounding before the end.

`scripts/recompute_scores.py` repeats it without this module; a test holds the two together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Measure:
    """What an indicator finds at one unit: `good` of `of` were as they should be.

    Where `of` is 0 nothing was there to be measured. `passed` is None where the indicator has no threshold; `not_yet` says why it cannot
    be measured at all. `words` is the finding in a sentence.
    """

    good: int
    of: int
    words: str
    passed: bool | None = None
    not_yet: str = ""

    @property
    def degree(self) -> Fraction | None:
        """The share of the weight that is earned, 0 to 1; None where it does not count."""
        return Fraction(self.good, self.of) if self.of and not self.not_yet else None


def passing(passed: bool, words: str) -> Measure:
    """A threshold: all of the weight or none."""
    return Measure(int(passed), 1, words, passed)


def earned(weight: Decimal, degree: Fraction) -> Fraction:
    return Fraction(weight) * degree


def total(parts: Iterable[tuple[Decimal, Fraction | None]]) -> Fraction | None:
    """100 × the sum of weight × degree ÷ the sum of the weights that count; None where none does."""
    counted = [(weight, degree) for weight, degree in parts if degree is not None and weight > 0]
    weights = sum((Fraction(weight) for weight, _degree in counted), Fraction(0))
    return 100 * sum((earned(weight, degree) for weight, degree in counted), Fraction(0)) / weights if weights else None


def to_cent(value: Fraction) -> Decimal:
    """Two decimals, halves up, exactly."""
    whole = (value.numerator * 200 + value.denominator) // (2 * value.denominator)
    return (Decimal(whole) / 100).quantize(_CENT, rounding=ROUND_HALF_UP)
