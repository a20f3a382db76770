"""整改: the only way to change an order is a step of rules/steps.py, taken by somebody who may, written into the history."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.models import Disclosure
from openness.disclosures.services.receipts import person
from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models import Finding, Obligation, OrderState, Rectification, RectificationEvent, Sample, Step, TermName, UrgeClock
from ..models.orders import WORKING
from ..rules.steps import ORDER, STEPS, possible
from .terms import working_days_after


class StepRefused(Refused):
    """The step cannot be taken; nothing was changed."""


class AlreadyIssued(StepRefused):
    """The same order runs already: a button pressed twice, or two supervisors at once."""

    def __init__(self, order: Rectification) -> None:
        super().__init__(_("一样的整改已经下达了，没有再下一次。"))
        self.order = order


@dataclass(frozen=True)
class Demand:
    """What an order is to say. At most one of `cell`, `finding` and `sample` is what it came from; none for a free one."""

    unit: Unit
    title: str
    words: str
    due_on: date | None = None
    cell: Obligation | None = None
    finding: Finding | None = None
    sample: Sample | None = None
    disclosure: Disclosure | None = None


def may(user: Any, unit: Unit, step: Step) -> bool:
    return bool(user.is_active and (user.is_superuser or roles_of(user).cover(unit, roles_for(ORDER, STEPS[step].action))))


def steps_for(user: Any, order: Rectification) -> list[Step]:
    """What this person may do with the order now."""
    return [step for step in possible(order.state) if may(user, order.unit, step)]


def issue(user: Any, demand: Demand) -> Rectification:
    """Make an order, due in ten working days unless it says otherwise.

    Raises:
        PermissionDenied: the person does not supervise the unit. StepRefused: no words, or a day that has passed.
        AlreadyIssued: the unit has not yet answered an order of the same words.
    """
    _check_may(user, demand.unit, Step.ISSUE)
    today = timezone.localdate()
    due_on = demand.due_on or working_days_after(today, TermName.ORDER)
    if not demand.title.strip() or not demand.words.strip():
        raise StepRefused(_("请写明什么问题、要怎么改。"))
    if due_on < today:
        raise StepRefused(_("办完的日子不能早于今天。"))
    with transaction.atomic():
        _check_new(demand)
        order = Rectification.objects.create(
            unit=demand.unit, title=demand.title.strip(), demand=demand.words.strip(), due_on=due_on, issued_at=timezone.now(),
            cell=demand.cell, finding=demand.finding, sample=demand.sample, disclosure=demand.disclosure,
        )  # fmt: skip
        _note(order, Step.ISSUE, order.demand, user)
    return order


def _check_new(demand: Demand) -> None:
    """Whoever issues to a unit waits for the one before, so that the second of two at once sees the first."""
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=demand.unit.pk)
    same = Rectification.objects.filter(
        unit=demand.unit, title=demand.title.strip(), demand=demand.words.strip(), state__in=WORKING,
        cell=demand.cell, finding=demand.finding, sample=demand.sample,
    ).first()  # fmt: skip
    if same is not None:
        raise AlreadyIssued(same)


def take(order: Rectification, step: Step, user: Any, note: str = "") -> Rectification:
    """Take one step.

    Raises:
        PermissionDenied: not this person. StepRefused: not in this state (somebody may have been quicker), or words are missing.
    """
    with transaction.atomic():
        locked = Rectification.objects.select_for_update(of=("self",)).select_related("unit").get(pk=order.pk)
        _check_may(user, locked.unit, step)
        rule = STEPS[step]
        if locked.state not in rule.before:
            raise StepRefused(_("现在是“{state}”，不能{step}。").format(state=locked.get_state_display(), step=step.label))
        if rule.needs_words and not note.strip():
            raise StepRefused(_("请写几句说明。"))
        _change(locked, step)
        _note(locked, step, note.strip(), user)
    return locked


def _check_may(user: Any, unit: Unit, step: Step) -> None:
    if not may(user, unit, step):
        raise PermissionDenied


def _change(order: Rectification, step: Step) -> None:
    """The state, and the day that now counts: a re-check has five working days, what is sent back ten new ones."""
    today = timezone.localdate()
    order.state = STEPS[step].after
    order.recheck_by = working_days_after(today, TermName.RECHECK) if step == Step.ANSWER else None
    if step == Step.SEND_BACK:
        order.due_on = working_days_after(today, TermName.ORDER)
    if order.state in (OrderState.CLOSED, OrderState.CANCELLED):
        order.closed_at = timezone.now()
    order.save(update_fields=["state", "recheck_by", "due_on", "closed_at"])


def _note(order: Rectification, step: Step, note: str, user: Any) -> None:
    RectificationEvent.objects.create(
        order=order, step=step, state=order.state, note=note, due_on=order.due_on, by=person(user), at=timezone.now()
    )


@dataclass(frozen=True)
class Progress:
    """The four numbers: 已催办 (urged, still blank, no order about it) → 整改中 → 等复核 → 已办结; and how many orders are overdue."""

    urged: int
    working: int
    answered: int
    closed: int
    overdue: int


def progress(within: Q) -> Progress:
    """`within` is a condition on rows with a `unit`. Two queries."""
    today = timezone.localdate()
    orders = Rectification.objects.filter(within)
    sums = orders.aggregate(
        working=Count("pk", filter=Q(state__in=WORKING)),
        answered=Count("pk", filter=Q(state=OrderState.ANSWERED)),
        closed=Count("pk", filter=Q(state=OrderState.CLOSED)),
        overdue=Count("pk", filter=Q(state__in=WORKING, due_on__lt=today) | Q(state=OrderState.ANSWERED, recheck_by__lt=today)),
    )
    return Progress(urged=_urged().filter(within).count(), **sums)


def urged_cells(within: Q, cells: Any = Obligation.objects) -> Any:
    """Cells that were urged, are still blank, and have no order that runs."""
    return cells.filter(within, pk__in=_urged().values("cell")).order_by("due_on", "pk")


def _urged() -> Any:
    running = Rectification.objects.filter(cell=OuterRef("cell"), state__in=[*WORKING, OrderState.ANSWERED])
    return UrgeClock.objects.filter(~Exists(running))
