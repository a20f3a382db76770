"""发布前检查 in one object: findings by level, the writer's reasons, what was masked. For the form and for the review."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..rules import Issue, Level
from .check import by_level, check
from .masking import can_restore, may_see, originals_of
from .override import Broken, with_reasons

if TYPE_CHECKING:
    from ..models import Disclosure


@dataclass(frozen=True)
class Summary:
    """`groups` are (level, [Broken]), the hardest level first; only blocking issues have a writer's reason."""

    groups: list[tuple[Level, list[Broken]]]
    originals: list[tuple[Any, bool]]

    @property
    def clean(self) -> bool:
        return not self.groups

    @property
    def number(self) -> int:
        return sum(len(found) for _level, found in self.groups)

    @property
    def maskable(self) -> bool:
        return any(one.issue.maskable for _level, found in self.groups for one in found)

    @property
    def broken(self) -> list[Broken]:
        return [one for level, found in self.groups if level is Level.BLOCK for one in found]

    @property
    def can_pass(self) -> bool:
        """Whether all that blocks may be let through by a reviewer."""
        return all(one.overridable for one in self.broken)


def summary_of(disclosure: "Disclosure", user: Any) -> Summary:
    """A fixed number of queries."""
    issues = check(disclosure, correcting=bool(disclosure.first_published_at))
    return Summary([(level, _told(disclosure, found)) for level, found in by_level(issues)], _originals(disclosure, user))


def _told(disclosure: "Disclosure", found: list[Issue]) -> list[Broken]:
    return with_reasons(disclosure, found) if found[0].blocks else [Broken(issue, None) for issue in found]


def _originals(disclosure: "Disclosure", user: Any) -> list[tuple[Any, bool]]:
    """(original, whether it can be put back), for those who may see them: the latest three."""
    if not disclosure.pk or not may_see(user, disclosure.unit):
        return []
    return [(row, number == 0 and can_restore(row)) for number, row in enumerate(originals_of(disclosure).select_related("disclosure")[:3])]
