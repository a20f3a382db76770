"""The kinds of indicators, by name. A new kind is a class here and a function in scripts/recompute_scores.py."""

from .acts import Rectified, SpotChecks
from .base import Evaluator, Row
from .columns import BlankColumns, FieldAges, Freshness, OverdueColumns, StaleColumns
from .items import ItemsKept
from .rates import Rate
from .waiting import LookedAtElsewhere, MessagesAnswered

EVALUATORS: dict[str, Evaluator] = {
    evaluator.kind: evaluator
    for evaluator in (
        Rate(), Freshness(), StaleColumns(), BlankColumns(), OverdueColumns(), FieldAges(), ItemsKept(), SpotChecks(), Rectified(),
        MessagesAnswered(), LookedAtElsewhere(),
    )
}  # fmt: skip

__all__ = ["EVALUATORS", "Evaluator", "Row"]
