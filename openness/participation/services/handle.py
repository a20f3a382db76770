"""The only way to change a submission is a step of rules/steps.py, taken by somebody who may, written into the history."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.rules.personal import mask
from openness.units.grants import roles_for
from openness.units.names import Level
from openness.units.people import person, person_acting
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models import Event, Step, Submission
from ..rules.kinds import KINDS
from ..rules.steps import BY_SENDER, STEPS, SUBMISSION, possible
from .effects import EFFECTS, Act
from .receive import SENDER

__all__ = ["Act", "StepRefused", "may", "needs_second", "steps_for", "take", "take_as_sender"]


class StepRefused(Refused):
    """The step cannot be taken; nothing was changed."""


def needs_second(row: Submission) -> bool:
    """Whether somebody else approves the answer before it is sent: the township a village's, and every answer to a request."""
    return KINDS[row.kind].two_always or row.unit.level == Level.VILLAGE


def may(user: Any, row: Submission, step: Step) -> bool:
    """Nobody approves what they wrote, in whoever's name."""
    action = STEPS[step].action
    if action == BY_SENDER or not user.is_active:
        return False
    if step == Step.APPROVE and row.drafter_id == user.pk:
        return False
    return bool(user.is_superuser or _capacity(user, row, step) is not None)


def _capacity(user: Any, row: Submission, step: Step) -> Any:
    barred = {row.drafter_id} if step == Step.APPROVE else set()
    return roles_of(user).capacity(row.unit, roles_for(SUBMISSION, STEPS[step].action), barred)


def steps_for(user: Any, row: Submission) -> list[Step]:
    """What this person may do with it now."""
    return [step for step in possible(row.kind, row.state, second=needs_second(row)) if may(user, row, step)]


@transaction.atomic
def take(row: Submission, step: Step, user: Any, act: Act | None = None) -> Submission:
    """Take one step.

    Raises:
        PermissionDenied: not this person. StepRefused: not in this state (somebody may have been quicker), or words are missing.
        Refused: what the step itself asks for (services/effects.py).
    """
    locked = _locked(row)
    if not may(user, locked, step):
        raise PermissionDenied
    by = person(user) if user.is_superuser else person_acting(user, _capacity(user, locked, step))
    return _take(locked, step, act or Act(), user, by)


@transaction.atomic
def take_as_sender(row: Submission, step: Step, act: Act) -> Submission:
    """The resident's own steps: the rating, and the correction of a request. Whoever calls has checked number and telephone.

    Raises: as `take`.
    """
    if STEPS[step].action != BY_SENDER and step != Step.CORRECT:
        raise PermissionDenied
    return _take(_locked(row), step, act, None, SENDER)


def _locked(row: Submission) -> Submission:
    return Submission.objects.select_for_update(of=("self",)).select_related("unit", "request", "disclosure").get(pk=row.pk)


def _take(row: Submission, step: Step, act: Act, user: Any, by: str) -> Submission:
    rule = STEPS[step]
    if step not in possible(row.kind, row.state, second=needs_second(row)):
        raise StepRefused(_("现在是“{state}”，不能{step}。").format(state=row.get_state_display(), step=step.label))
    if rule.needs_words and not act.note.strip():
        raise StepRefused(_("请写几句说明。"))
    row.state = rule.after or row.state
    now = timezone.now()
    act.at, act.user = now, user
    note = EFFECTS.get(step, _nothing)(row, act)
    row.save()
    Event.objects.create(
        submission=row, step=step, state=row.state, unit=row.unit, note=mask(act.note.strip() if note is None else note)[:1000],
        due_on=row.due_on, by=by, at=now,
    )  # fmt: skip
    return row


def _nothing(row: Submission, act: Act) -> None:
    return None
