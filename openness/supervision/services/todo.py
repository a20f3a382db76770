"""本期待公开: what a unit has to do now, in the order in which its clerk should do it.

Read from the cells of one unit and the drafts that answer them: a fixed number of queries, whatever the unit has published before.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy

from openness.disclosures.models import Disclosure
from openness.disclosures.periods import period_label, period_of
from openness.disclosures.services.standing import RETURNED as CAME_BACK
from openness.disclosures.services.standing import Standing, standings
from openness.units.models import Unit

from ..models import Obligation, State
from ..rules.plan import period_answered

LATE, RETURNED, SOON, MONTH, WAITING, LATER = "late", "returned", "soon", "month", "waiting", "later"
GROUPS = {
    LATE: gettext_lazy("已经逾期，请先办这些"),
    RETURNED: gettext_lazy("退回来要改"),
    SOON: gettext_lazy("快到期"),
    MONTH: gettext_lazy("本月还要办"),
    LATER: gettext_lazy("不急，有了再办"),
    WAITING: gettext_lazy("交上去了，等审核"),
}
_Key = tuple[str, str]  # the item's key and the period


@dataclass(frozen=True)
class Draft:
    """What somebody has begun for a cell, and where it stands when it was sent in or came back. `said` are the words of who sent it back."""

    disclosure: Disclosure
    state: str
    said: str = ""
    standing: Standing | None = None

    @property
    def title(self) -> str:
        return self.disclosure.title


@dataclass(frozen=True)
class Task:
    """One card: a cell that is still blank, or a draft that came back and answers no blank cell (`cell` is None)."""

    cell: Obligation | None
    group: str
    draft: Draft | None = None
    last: int | None = None  # the newest public disclosure of the same item

    @property
    def name(self) -> str:
        return self.cell.item.name if self.cell else self.draft.title if self.draft else ""


@dataclass
class Todo:
    unit: Unit
    today: date
    done: int
    groups: dict[str, list[Task]] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """Cells still blank, those that wait for a reviewer included."""
        return sum(task.cell is not None for tasks in self.groups.values() for task in tasks)

    @property
    def total(self) -> int:
        return self.done + self.left

    @property
    def period(self) -> str:
        return period_label(period_of(self.today, "quarter").code)


def todo_of(unit: Unit, today: date) -> Todo:
    """Seven queries."""
    cells = _cells(unit, today)
    drafts = _drafts(unit)
    last = dict(Disclosure.objects.public().filter(unit=unit).order_by().values_list("item__key").annotate(Max("pk")))
    todo = Todo(unit, today, sum(cell.state != State.OPEN for cell in cells), {name: [] for name in GROUPS})
    for cell in cells:
        if cell.state == State.OPEN:
            draft = drafts.pop((cell.duty.key, cell.period), None)
            group = _group(cell, draft, today)
            todo.groups[group].append(Task(cell, group, draft, last.get(cell.duty.key)))
    for draft in drafts.values():
        if draft.state in (RETURNED, WAITING):
            todo.groups[draft.state].append(Task(None, draft.state, draft))
    return todo


def _cells(unit: Unit, today: date) -> list[Obligation]:
    """What has opened: still blank from whenever, or due from this quarter on."""
    wanted = Q(state=State.OPEN) | Q(due_on__gte=period_of(today, "quarter").first)
    rows = Obligation.objects.filter(wanted, unit=unit, opens_on__lte=today).select_related("duty", "item__field")
    return list(rows.defer("item__raw", "item__elements", "item__basis").order_by("due_on", "item__field__position", "item__position"))


def _group(cell: Obligation, draft: Draft | None, today: date) -> str:
    if draft and draft.state in (RETURNED, WAITING):
        return draft.state
    if cell.due_on < today:
        return LATE
    if cell.is_due_soon(today):
        return SOON
    return MONTH if cell.due_on <= period_of(today, "month").last else LATER


def _drafts(unit: Unit) -> dict[_Key, Draft]:
    """The newest unfinished text for each cell, with what became of it."""
    unfinished = Q(live=False, withdrawn_at=None, first_published_at=None) | Q(live=True, has_unpublished_changes=True)
    rows = (
        Disclosure.objects.filter(unfinished, unit=unit).select_related("item__field", "unit").defer("body", "item__raw", "item__elements")
    )
    found = list(rows.order_by("pk"))
    states = standings(found)
    drafts: dict[_Key, Draft] = {}
    for row in found:
        limit = row.item.limit
        period = period_answered(limit, row.period, row.formed_on) if limit else row.period
        standing = states.get(row.pk)
        state = "draft" if standing is None else RETURNED if standing.step == CAME_BACK else WAITING
        drafts[row.item.key, period] = Draft(row, state, standing.said if standing else "", standing)
    return drafts
