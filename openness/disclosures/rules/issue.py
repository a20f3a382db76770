"""What a rule says: which field, one sentence that a clerk understands, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from openness.units.refusal import Refused

from .level import Level

FEWEST_SIGNS = 4  # of a reason that says something


@dataclass(frozen=True)
class Issue:
    """`rule` is its code, empty where no rule of the list speaks; `maskable`: 帮我遮住 mends it."""

    field: str
    sentence: str
    rule: str = ""
    level: Level = Level.BLOCK
    advice: str = ""
    overridable: bool = False
    maskable: bool = False

    @property
    def blocks(self) -> bool:
        return self.level == Level.BLOCK


class PublishRefused(Refused):
    """A rule of publishing is broken; nothing was changed."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(*(issue.sentence for issue in self.issues))
