"""What a rule says: which field, and one sentence that a clerk understands."""

from collections.abc import Iterable
from dataclasses import dataclass

from openness.units.refusal import Refused


@dataclass(frozen=True)
class Issue:
    field: str
    sentence: str


class PublishRefused(Refused):
    """A rule of publishing is broken; nothing was changed."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(*(issue.sentence for issue in self.issues))
