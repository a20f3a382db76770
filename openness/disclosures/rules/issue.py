"""What a rule says: which field, and one sentence that a clerk understands."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Issue:
    field: str
    sentence: str


class PublishRefused(Exception):
    """A rule of publishing is broken; nothing was changed."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(" ".join(issue.sentence for issue in self.issues))
