"""What a cell's state is, from the evidence alone. The same function settles a publication and recomputes the whole ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from openness.disclosures.models import Verb

from ..models import State


@dataclass(frozen=True)
class Done:
    """A disclosure that stands public for the cell (or stood until its notice ended): since when, and its own last day if it has one."""

    disclosure: int
    day: date
    own_due_on: date | None = None


@dataclass(frozen=True)
class Evidence:
    """Everything that speaks of one cell; the order in which it came does not matter."""

    done: tuple[Done, ...] = ()
    nil_on: date | None = None
    waived: bool = False


@dataclass(frozen=True)
class Verdict:
    state: int
    done_on: date | None = None
    disclosure: int | None = None


OPEN = Verdict(State.OPEN)


def judge(due_on: date, evidence: Evidence) -> Verdict:
    """The earliest disclosure answers the cell; it is late if that one is, or if any of them missed its own limit."""
    if evidence.done:
        first = min(evidence.done, key=lambda done: (done.day, done.disclosure))
        late = first.day > due_on or any(done.own_due_on and done.day > done.own_due_on for done in evidence.done)
        return Verdict(State.LATE if late else State.ON_TIME, first.day, first.disclosure)
    if evidence.nil_on:
        return Verdict(State.NIL, evidence.nil_on)
    return Verdict(State.WAIVED) if evidence.waived else OPEN


def public_since(receipts: Iterable[tuple[str, date]]) -> date | None:
    """(verb, day) of one disclosure's receipts, oldest first -> the day from which it counts; None if it was withdrawn.

    After a withdrawal the clock starts anew: what had to be taken back was not disclosed. A notice that came to its end was.
    """
    since = None
    for verb, day in receipts:
        if verb == Verb.WITHDRAW:
            since = None
        elif verb in (Verb.PUBLISH, Verb.CORRECT):
            since = since or day
    return since
