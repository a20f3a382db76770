"""What every rule of a guide is: one small object that says in plain Chinese what is missing or contradictory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from catalog.rules.basis import LawLibrary
from openness.disclosures.rules import Issue, Level

if TYPE_CHECKING:
    from ..models import ServiceGuide


@dataclass(frozen=True)
class Facts:
    """What is known beside the guides themselves, gathered once for a whole list: laws, today, hosts, and whose each attachment is."""

    laws: LawLibrary
    today: date
    hosts: frozenset[str]
    files: Mapping[int, Any] = field(default_factory=dict)


class GuideRule:
    """`level` is that of all its issues; what blocks stands between the guide and the public."""

    code = ""
    level = Level.BLOCK

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        raise NotImplementedError

    def issue(self, column: str, sentence: str, advice: str = "") -> Issue:
        return Issue(column, sentence, rule=self.code, level=self.level, advice=advice)


def rows_of(stream: Any) -> Iterator[Any]:
    """The values of a stream of rows, in order; nothing of what is not a stream."""
    return (block.value for block in stream or ())
