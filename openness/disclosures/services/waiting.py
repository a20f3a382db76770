"""What waits for somebody: texts before the committee, texts before the township. Driven by the few reviews that run, never by all texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import WorkflowState

from catalog.services.calendar import working_calendar
from openness.units.people import name_of

from ..models import Disclosure, SignTask, UnitReviewTask
from ..models.task import UnitTask

SIGN, REVIEW = "sign", "review"
STEPS: dict[str, type[UnitTask]] = {SIGN: SignTask, REVIEW: UnitReviewTask}


def waiting(step: str, units: Q) -> QuerySet[WorkflowState]:
    """Reviews that stand at this step, of the disclosures that `units` says, the oldest first. `text` is the disclosure's key."""
    at = {"current_task_state__task__content_type": ContentType.objects.get_for_model(STEPS[step])}
    of_unit = Disclosure.objects.filter(units, pk=OuterRef("text"))
    rows = running().filter(**at).filter(Exists(of_unit))
    return rows.order_by("current_task_state__started_at", "pk")


def running() -> QuerySet[WorkflowState]:
    kind = ContentType.objects.get_for_model(Disclosure)
    rows = WorkflowState.objects.filter(base_content_type=kind, status=WorkflowState.STATUS_IN_PROGRESS)
    return rows.annotate(text=Cast("object_id", BigIntegerField()))


def waiting_for(user: Any, step: str, units: Q | None = None) -> QuerySet[WorkflowState]:
    """For this person, at the units of a further condition: what the person wrote or sent in waits for somebody else."""
    mine = STEPS[step].units_of(user) & ~Q(author=user)
    return waiting(step, mine & (units or Q())).exclude(requested_by=user)


@dataclass(frozen=True)
class Waiting:
    """One text that waits, since when, for how many working days, and who sent it in."""

    text: Disclosure
    step: str
    since: datetime
    days: int
    sent_by: str
    state: int  # key of the task's state


def in_full(rows: Sequence[WorkflowState], step: str, today: date) -> list[Waiting]:
    """The texts of these rows, in their order, without bodies. Three queries; `rows` have their task state and sender loaded."""
    keys = [row.text for row in rows]
    texts = Disclosure.objects.filter(pk__in=keys).select_related("unit", "town", "item__field")
    found = {text.pk: text for text in texts.defer("body", "item__raw", "item__elements", "item__basis")}
    count = DayCounter(today)
    return [_waiting(row, found[key], step, count) for row, key in zip(rows, keys, strict=True) if key in found]


def with_details(rows: QuerySet[WorkflowState]) -> QuerySet[WorkflowState]:
    return rows.select_related("current_task_state", "requested_by")


class DayCounter:
    """Whole working days between a moment and today. Two queries, whatever is asked."""

    def __init__(self, today: date) -> None:
        self.today, self._calendar = today, working_calendar()

    def since(self, moment: datetime) -> int:
        return self._calendar.working_days_between(timezone.localdate(moment), self.today)


def _waiting(row: Any, text: Disclosure, step: str, count: DayCounter) -> Waiting:
    started, by = row.current_task_state.started_at, row.requested_by
    return Waiting(text, step, started, count.since(started), name_of(by) if by else "", row.current_task_state_id)
