"""The one table of what may be done with a rectification order: in which states, by whom, and what it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..models import OrderState, Step

ORDER = "supervision.rectification"


@dataclass(frozen=True)
class Rule:
    """`action` names the right in openness/units/grants.py; a step that needs words is refused without them."""

    before: frozenset[str]
    after: OrderState
    action: str
    needs_words: bool


_WORKING = frozenset({OrderState.ISSUED, OrderState.RETURNED})
STEPS: Mapping[Step, Rule] = {
    Step.ISSUE: Rule(frozenset(), OrderState.ISSUED, "add", needs_words=True),
    Step.ANSWER: Rule(_WORKING, OrderState.ANSWERED, "answer", needs_words=True),
    Step.CLOSE: Rule(frozenset({OrderState.ANSWERED}), OrderState.CLOSED, "recheck", needs_words=False),
    Step.SEND_BACK: Rule(frozenset({OrderState.ANSWERED}), OrderState.RETURNED, "recheck", needs_words=True),
    Step.CANCEL: Rule(_WORKING | {OrderState.ANSWERED}, OrderState.CANCELLED, "recheck", needs_words=True),
}


def possible(state: str) -> list[Step]:
    """The steps that the table knows from here, whoever takes them."""
    return [step for step, rule in STEPS.items() if state in rule.before]
