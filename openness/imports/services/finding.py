"""What was found in a row: how serious, and one sentence in which no number of a person stands in full."""

from openness.disclosures.rules import Level
from openness.disclosures.rules.personal import mask

Finding = list[str]  # [level, sentence], as the row stores it
_LONGEST_QUOTE = 30


def must(sentence: str) -> Finding:
    return [Level.BLOCK.value, sentence]


def look(sentence: str) -> Finding:
    return [Level.WARN.value, sentence]


def note(sentence: str) -> Finding:
    return [Level.NOTE.value, sentence]


def blocks(findings: list[Finding]) -> bool:
    return any(level == Level.BLOCK for level, _sentence in findings)


def quote(text: str) -> str:
    """A cell in a sentence: masked before it is cut, so that no cut hides a number from the masking."""
    words = mask(" ".join(text.split()))
    return words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"
