"""Times of one act, many times; and lines of a table."""

from collections.abc import Callable
from statistics import quantiles
from time import perf_counter


def measured(act: Callable[[], object]) -> float:
    """Seconds."""
    start = perf_counter()
    act()
    return perf_counter() - start


class Times:
    """Durations of the same act, in seconds; shown in milliseconds."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def take(self, act: Callable[[], object]) -> None:
        self.seconds.append(measured(act))

    def at(self, percent: int) -> float:
        """The percentile, in milliseconds."""
        if percent == 100 or len(self.seconds) == 1:
            return max(self.seconds) * 1000
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * 1000

    def shown(self) -> str:
        return f"{self.at(50):.1f} / {self.at(95):.1f}"


def row(*cells: object) -> str:
    """A line of a Markdown table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def head(*cells: str) -> str:
    return "\n" + row(*cells) + "\n" + "|---" * len(cells) + "|"
