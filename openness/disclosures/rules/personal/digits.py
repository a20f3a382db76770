"""Runs of digits with something between them."""

import re
from dataclasses import dataclass

from .signs import NOTHING

# Between two digits of one number; a comma or a slash only where a check digit proves that they belong together.
SOFT = rf"[ \-._()\n{NOTHING}]{{0,8}}"
ANY = rf"[ \-._()\n,/\\|:+'\"\[\]{NOTHING}]{{0,8}}"
_SOFT_SIGNS = f" -._(){NOTHING}"
_REACH = 8


@dataclass(frozen=True)
class Run:
    """Digits at these positions of a text, in their order."""

    text: str
    places: tuple[int, ...]

    @property
    def digits(self) -> str:
        return "".join(self.text[place] for place in self.places)

    @property
    def span(self) -> tuple[int, int]:
        return self.places[0], self.places[-1] + 1

    def first(self, count: int) -> "Run":
        return Run(self.text, self.places[:count])

    @property
    def gaps(self) -> tuple[str, ...]:
        """What stands between each digit and the next, invisible signs aside."""
        return tuple(self.text[a + 1 : b].replace(NOTHING, "") for a, b in zip(self.places, self.places[1:], strict=False))

    @property
    def groups(self) -> tuple[int, ...]:
        """How many digits stand together: 3, 4, 4 for 138-1234-5678."""
        sizes = [1]
        for gap in self.gaps:
            if gap:
                sizes.append(1)
            else:
                sizes[-1] += 1
        return tuple(sizes)

    @property
    def ends_there(self) -> bool:
        """No further digit stands directly behind it."""
        return not self.text[self.span[1] : self.span[1] + 1].isdecimal()

    @property
    def is_amidst(self) -> bool:
        """Between two other numbers."""
        before, behind = _neighbour(self.text, self.span[0] - 1, -1), _neighbour(self.text, self.span[1], 1)
        return before.isdecimal() and behind.isdecimal()

    @property
    def stands_alone(self) -> bool:
        """No other number stands beside it on its line; one that is broken over two lines began behind words."""
        before, behind = _neighbour(self.text, self.span[0] - 1, -1), _neighbour(self.text, self.span[1], 1)
        broken = any("\n" in gap for gap in self.gaps)
        return not before.isdecimal() and not behind.isdecimal() and not (broken and before in ("", "\n"))


def run_at(match: re.Match[str]) -> Run:
    """The digits (and a closing X) of a match's first group."""
    start = match.start(1)
    return Run(match.string, tuple(start + offset for offset, sign in enumerate(match[1]) if sign.isdigit() or sign == "X"))


def _neighbour(text: str, at: int, step: int) -> str:
    """The nearest sign that is no space, dash or dot; the line's end counts, the text's end is empty."""
    for _number in range(_REACH):
        if not (0 <= at < len(text) and text[at] in _SOFT_SIGNS):
            break
        at += step
    return text[at] if 0 <= at < len(text) else ""
