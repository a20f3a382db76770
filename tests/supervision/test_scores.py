"""smoke"""
from datetime import date

import pytest

from openness.disclosures.periods import parse_period
from openness.supervision.services.generate import generate
from openness.supervision.services.scores import score

from .test_ledger import TODAY, limited, publish

pytestmark = pytest.mark.django_db


def test_smoke(tree, village, draft):
    finance = limited("财务收支", "每季度的首个月20日")
    generate(today=TODAY)
    publish(draft, date(2026, 10, 12), unit=village, item=finance, period="2026-Q3")
    for one in score(tree["船营区"], parse_period("2026-Q4"), TODAY):
        print(one.unit, one.score, one.vetoes)
        for line in one.lines:
            print("   ", line.indicator.name, line.weight, line.measure.words, line.points)
        print(*one.steps(), sep="\n")
    for one in score(village, parse_period("2026-Q4"), TODAY):
        print(one.unit, one.score, *one.steps(), sep="\n")
