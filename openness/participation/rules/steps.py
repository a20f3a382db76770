"""The one table of what may be done with a submission: of which kinds, in which states, by whom, and what it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..models import Kind, State, Step
from ..models.submission import OPEN
from .kinds import KINDS

SUBMISSION = "participation.submission"
CONTACT = "participation.contact"
BY_SENDER = ""


@dataclass(frozen=True)
class Rule:
    """`after` None leaves the state; `action` names the right in openness/units/grants.py, `BY_SENDER` is the resident's own step."""

    kinds: frozenset[str]
    before: frozenset[str]
    after: State | None
    action: str
    needs_words: bool = False


_ALL = frozenset(Kind)
_REQUEST = frozenset({Kind.REQUEST})
_PUBLIC = frozenset(kind for kind in Kind if KINDS[kind].goes_public)
_FREE = _ALL - _REQUEST
_NEW = frozenset({State.RECEIVED, State.REFERRED})
_WORKING = frozenset({State.WORKING})
_DRAFTED, _ANSWERED = frozenset({State.DRAFTED}), frozenset({State.ANSWERED})
_BEGUN = _NEW | _WORKING

STEPS: Mapping[Step, Rule] = {
    Step.RECEIVE: Rule(_ALL, frozenset(), State.RECEIVED, BY_SENDER),
    Step.ACCEPT: Rule(_ALL, _NEW, State.WORKING, "answer"),
    Step.REFER: Rule(_FREE, _BEGUN, State.REFERRED, "answer", needs_words=True),
    Step.SHOW: Rule(_PUBLIC, frozenset(State), None, "answer"),
    Step.HIDE: Rule(_PUBLIC, frozenset(State), None, "answer", needs_words=True),
    Step.ASK_CORRECTION: Rule(_REQUEST, _WORKING, State.CORRECTING, "answer", needs_words=True),
    Step.CORRECT: Rule(_REQUEST, frozenset({State.CORRECTING}), State.WORKING, "answer", needs_words=True),
    Step.LAPSE: Rule(_REQUEST, frozenset({State.CORRECTING}), State.ANSWERED, "answer", needs_words=True),
    Step.CONSULT: Rule(_REQUEST, _WORKING, State.CONSULTING, "answer", needs_words=True),
    Step.CONSULTED: Rule(_REQUEST, frozenset({State.CONSULTING}), State.WORKING, "answer", needs_words=True),
    Step.EXTEND: Rule(_REQUEST, _WORKING, None, "approve", needs_words=True),
    Step.DRAFT: Rule(_ALL, _BEGUN, State.DRAFTED, "answer", needs_words=True),
    Step.ANSWER: Rule(_FREE, _BEGUN, State.ANSWERED, "answer", needs_words=True),
    Step.APPROVE: Rule(_ALL, _DRAFTED, State.ANSWERED, "approve"),
    Step.SEND_BACK: Rule(_ALL, _DRAFTED, State.WORKING, "approve", needs_words=True),
    Step.DELIVER: Rule(_REQUEST, _ANSWERED, None, "answer", needs_words=True),
    Step.URGE: Rule(_ALL, frozenset(OPEN), None, "urge"),
    Step.RATE: Rule(_ALL, _ANSWERED, None, BY_SENDER),
}


def possible(kind: str, state: str, *, second: bool) -> list[Step]:
    """The steps that the table knows from here, whoever takes them. `second`: the answer needs a second person's approval."""
    return [step for step, rule in STEPS.items() if kind in rule.kinds and state in _before(kind, rule) and step != _other(second)]


def _before(kind: str, rule: Rule) -> frozenset[str]:
    """What must be confirmed first can only be accepted, or urged."""
    return rule.before - _NEW if KINDS[kind].confirmed and rule.after not in (State.WORKING, None) else rule.before


def _other(second: bool) -> Step:
    return Step.ANSWER if second else Step.DRAFT
