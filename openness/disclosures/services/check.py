"""Asking the rules: facts are gathered once for all texts of a batch, levels are read once, and only the rules that are wanted are asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from ..rules import Issue, Level
from ..rules.all import RULES
from ..rules.known import KNOWN
from ..rules.rule import Case, Rule
from ..rules.text import Batch, Text
from .rule_settings import Levels
from .texts import read_files, read_photos, read_texts

if TYPE_CHECKING:
    from ..models import Disclosure

MOST_SENTENCES = 5
FIELDS = (
    "unit", "item", "title", "category", "period", "formed_on", "document_number", "summary", "body",
    "notice_from", "notice_until", "comes_down", "change_note",
)  # fmt: skip
_AT = {name: place for place, name in enumerate(FIELDS)}
Wanted = list[tuple[Rule, Level]]


def check(disclosure: "Disclosure", *, correcting: bool = False, softest: Level = Level.NOTE, today: date | None = None) -> list[Issue]:
    """What the rules say of this text, as it would be published now, in the order of the form. A fixed number of queries.

    `softest`: rules that are softer here are not asked, and what they would need to know is not read.
    """
    return check_many([disclosure], correcting=correcting, softest=softest, today=today)[0]


def check_many(
    disclosures: "Sequence[Disclosure]", *, correcting: bool = False, softest: Level = Level.NOTE, today: date | None = None
) -> list[list[Issue]]:
    """The same for many at once, with no more queries than for one. `unit` and `item.field.standard` should be loaded."""
    day = today or timezone.localdate()
    levels = Levels([one.unit for one in disclosures], day)
    wanted = [_wanted(levels, one, softest) for one in disclosures]
    texts = read_texts(disclosures)
    facts = gather(disclosures, texts, {need for rules in wanted for rule, _level in rules for need in rule.needs})
    return [
        sorted(_issues(Case(one, text, facts, correcting, day), rules), key=lambda issue: _AT.get(issue.field, len(_AT)))
        for one, text, rules in zip(disclosures, texts, wanted, strict=True)
    ]


def _wanted(levels: Levels, disclosure: "Disclosure", softest: Level) -> Wanted:
    rules = [(rule, levels.of(rule, disclosure.unit)) for rule in RULES]
    return [(rule, level) for rule, level in rules if level.rank >= softest.rank]


def gather(disclosures: "Sequence[Disclosure]", texts: Sequence[Text], needs: set[str]) -> Batch:
    """What the rules need to know beside the texts. No host is asked: a link of another site is known from the last night."""
    return Batch(
        words=KNOWN.words() if "words" in needs else {},
        files=read_files(texts) if "files" in needs else {},
        photos=read_photos(texts) if "files" in needs else {},
        broken=_broken(texts) if "links" in needs else {},
        copies=KNOWN.copies(disclosures, texts) if "copies" in needs else {},
        objections=KNOWN.objections(disclosures, texts) if "objections" in needs else {},
    )


def _broken(texts: Iterable[Text]) -> Mapping[str, str]:
    from .own_links import broken_own_links

    addresses = {address for text in texts for _label, address in text.links}
    return {**broken_own_links(addresses), **KNOWN.foreign_links(addresses)} if addresses else {}


def _issues(case: Case, wanted: Wanted) -> Iterator[Issue]:
    for rule, level in wanted:
        found = list(rule.issues(case))
        for issue in [*found[:MOST_SENTENCES], *_and_more(rule, found)]:
            yield replace(issue, rule=rule.code, level=level, advice=issue.advice or str(rule.advice), overridable=rule.overridable)


def _and_more(rule: Rule, found: Sequence[Issue]) -> Iterator[Issue]:
    """Of a long list the first few sentences, and how many more."""
    if (more := len(found) - MOST_SENTENCES) > 0:
        words = _("“{rule}”这样的还有 {n} 处。").format(rule=rule.name, n=more)
        yield Issue(rule.field, words, maskable=any(one.maskable for one in found))


def by_level(issues: Iterable[Issue]) -> list[tuple[Level, list[Issue]]]:
    """The levels that have something, the hardest first."""
    groups: dict[Level, list[Issue]] = defaultdict(list)
    for issue in issues:
        groups[issue.level].append(issue)
    return [(level, groups[level]) for level in Level if groups[level]]
