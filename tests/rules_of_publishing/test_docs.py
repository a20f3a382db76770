"""The table of the documentation says what the code does."""

from pathlib import Path

from openness.disclosures.rules.all import RULES
from openness.disclosures.rules.rule import TextRule

PAGE = Path(__file__).resolve().parents[2] / "docs" / "publishing-rules.md"


def row(rule) -> str:
    check = rule.check if isinstance(rule, TextRule) else "–"
    cells = (f"`{rule.code}`", rule.name, rule.level.label, rule.floor.label, "yes" if rule.overridable else "no", check)
    return f"| {' | '.join(map(str, cells))} |"


def test_the_table_of_rules():
    text = PAGE.read_text(encoding="utf-8")
    table = text.partition("<!-- table of rules")[2].partition("\n\n")[0].splitlines()
    assert table[3:] == [row(rule) for rule in RULES]
