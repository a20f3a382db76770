"""What a resident reads of one period of one item: what was published, what was declared, or that it is overdue and whom to ask."""

from dataclasses import dataclass
from datetime import date

from ..models import NilDeclaration, Obligation, State, Waiver
from .unit_items import Mark, mark_of


@dataclass(frozen=True)
class PeriodStory:
    """`nil` and `waiver` are what was declared; `late` the days since the last day, 0 where there is time or it was answered."""

    cell: Obligation
    mark: Mark
    late: int
    nil: NilDeclaration | None = None
    waiver: Waiver | None = None


def story_of(cell: Obligation, today: date) -> PeriodStory:
    """One query at most. `unit`, `item` and `disclosure` of the cell are loaded."""
    nil = waiver = None
    if cell.state == State.NIL:
        nil = NilDeclaration.objects.filter(unit=cell.unit_id, duty=cell.duty_id, period=cell.period, undone_at=None).first()
    if cell.state == State.WAIVED:
        rows = Waiver.objects.filter(unit=cell.unit_id, duty=cell.duty_id, period__in=("", cell.period))
        waiver = rows.order_by("-expires_on").first()
    late = (today - cell.due_on).days if cell.state == State.OPEN else 0
    return PeriodStory(cell, mark_of(cell, today), max(0, late), nil, waiver)
