"""Asking the rules: facts are gathered once for a whole list, by a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from catalog.rules.basis import LawLibrary
from openness.disclosures.models import Attachment
from openness.disclosures.rules import Issue, Level

from ..rules import RULES, Facts
from ..rules.rule import rows_of

if TYPE_CHECKING:
    from ..models import ServiceGuide


def issues_of(guide: "ServiceGuide") -> list[Issue]:
    """What is missing or contradictory, in the order of the form."""
    facts = gather([guide])
    return [issue for rule in RULES for issue in rule.issues(guide, facts)]


def sentences_of(guide: "ServiceGuide") -> list[str]:
    """The same in sentences, what blocks first; for lists."""
    return [issue.sentence for _level, issues in by_level(issues_of(guide)) for issue in issues]


def gather(guides: "Sequence[ServiceGuide]") -> Facts:
    keys = {
        row[name].pk for guide in guides for row in rows_of(guide.materials) for name in ("blank", "sample") if row[name] and row[name].pk
    }
    files = Attachment.objects.only("pk", "unit_id", "private").in_bulk(keys) if keys else {}
    return Facts(LawLibrary(), timezone.localdate(), frozenset(settings.GUIDE_ONLINE_HOSTS), files)


def by_level(issues: Iterable[Issue]) -> list[tuple[Level, list[Issue]]]:
    """The levels that have something, the hardest first."""
    groups: dict[Level, list[Issue]] = defaultdict(list)
    for issue in issues:
        groups[issue.level].append(issue)
    return [(level, groups[level]) for level in Level if groups[level]]
