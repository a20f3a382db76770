"""How much is found and how often in vain: `python -m tests.personal.measure` prints it, the tests assert it.

With files (text, may be gzipped): what is found in each of their lines, where nothing should be.
"""

import gzip
import os
import sys
from collections import Counter
from dataclasses import dataclass, field

from openness.disclosures.rules.personal import Finding, Severity, Words, find

from .negatives import negatives
from .positives import Positive, positives

_ALARM = (Severity.BLOCK, Severity.WARN)


@dataclass
class Measured:
    total: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)

    @property
    def share(self) -> float:
        return len(self.wrong) / self.total

    def add(self, group: str, text: str, right: bool) -> None:
        self.total += 1
        if not right:
            self.wrong.append((group, text))

    def by_group(self) -> Counter[str]:
        return Counter(group for group, _text in self.wrong)


def is_found(one: Positive) -> bool:
    """By the right kind, and where a number is meant, that number."""
    words = Words(one.text)
    return any(_alarms(finding) and finding.kind == one.kind and _is_number(words, finding, one.number) for finding in find(words))


def _is_number(words: Words, finding: Finding, number: str) -> bool:
    return not number or words.number(finding.start, finding.end) == number


def _alarms(finding: Finding) -> bool:
    return finding.severity in _ALARM


def missed() -> Measured:
    measured = Measured()
    for one in positives():
        measured.add(f"{one.kind}, {one.disguise}", one.text, is_found(one))
    return measured


def false_alarms() -> Measured:
    measured = Measured()
    for family, text in negatives():
        measured.add(family, text, not any(map(_alarms, find(text))))
    return measured


def in_lines(paths: list[str]) -> None:
    lines = alarms = 0
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8") as file:  # noqa: PTH123
            for line in file:
                lines += 1
                alarms += sum(map(_alarms, find(line.replace("\\n", "\n"))))
    print(f"{alarms} found in {lines} lines")  # noqa: T201


def main() -> None:
    for name, measured in (("missed", missed()), ("false alarms", false_alarms())):
        print(f"{name}: {len(measured.wrong)} of {measured.total}, {measured.share:.2%}")  # noqa: T201
        for group, number in measured.by_group().most_common():
            print(f"  {number} {group}: {next(text for which, text in measured.wrong if which == group)!r}")  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    sys.path.insert(0, "site")
    import django

    django.setup()
    in_lines(sys.argv[1:]) if sys.argv[1:] else main()
