"""How punctual a unit of the demo is: invented, and the same for the same code whenever the demo is built."""

from dataclasses import dataclass
from random import Random

SEED = 220204
_BAD, _SLOW = 0.03, 0.25
_GETS_BETTER = (0.6, 1.0, 1.5)


@dataclass(frozen=True)
class Pace:
    """Shares from 0 to 1 of what is published late and of what is never published."""

    late: float
    missing: float

    def at(self, age: int) -> "Pace":
        """Some stretches ago (0 is the newest): the county gets better."""
        factor = _GETS_BETTER[min(age, len(_GETS_BETTER) - 1)]
        return Pace(min(self.late * factor, 0.5), min(self.missing * factor, 0.8))


def pace_of(code: str) -> Pace:
    """Of the unit with this division code: its township's way, more or less."""
    town, own = Random(f"{SEED}-y-{code[:9]}").random(), Random(f"{SEED}-pace-{code}")  # noqa: S311  (a story, not a secret)
    late, missing = (0.15, 0.5) if town < _BAD else (0.2, 0.25) if town < _SLOW else (0.08, 0.05)
    return Pace(late * own.uniform(0.5, 1.5), missing * own.uniform(0.5, 1.5))
