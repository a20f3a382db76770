"""What residents sent, as supervisors see it: 留言按时回复 on the desk, a line a day for those who are late, the annual report's table."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from openness.participation.models import Kind, State, Submission
from openness.participation.rules.results import APPLICANTS
from openness.participation.rules.steps import SUBMISSION
from openness.participation.services.figures import figures, request_table
from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.people import holders

from ..rules.annual import CARRIED_IN, CARRIED_OUT, NEW, RESULTS
from .figures import SOURCES, Figure, percent
from .people import upwards
from .terms import day_words

if TYPE_CHECKING:
    from .desk import Choice


def answered_in_time(choice: "Choice", today: date) -> Figure | None:
    """Messages received in the period that are answered or late: how many of them in time. Nothing where none came. One query."""
    if choice.field is not None:
        return None
    found = figures(choice.unit, [Kind.MESSAGE], choice.period.first, choice.period.last, today)
    if not found.received:
        return None
    detail = _("收到 {n} 件，到期 {due} 件，按时答复 {good} 件").format(n=found.received, due=found.due, good=found.in_time)
    open_ones = found.received - found.answered
    change = _("还没答复 {n} 件").format(n=open_ones) if open_ones else _("都答复了")
    url = f"{reverse('messages')}?unit={choice.unit.code}"
    return Figure(_("留言按时回复"), percent(found.in_time, found.due), detail, change, url=url)


def objections_open(choice: "Choice", today: date) -> Figure | None:
    """Objections of the period that nobody has answered. One query."""
    found = figures(choice.unit, [Kind.OBJECTION], choice.period.first, choice.period.last, today)
    if choice.field is not None or not found.received:
        return None
    detail = _("公示期里收到 {n} 条，答复了 {answered} 条").format(n=found.received, answered=found.answered)
    url = f"{reverse('messages')}?unit={choice.unit.code}"
    return Figure(_("不同意见没答复"), str(found.received - found.answered), detail, _("答复了再公布结果"), url=url)


def register() -> None:
    SOURCES.extend([answered_in_time, objections_open])


def remind_of_submissions(day: date, add: Callable[[Any, str], None]) -> None:
    """Every day, to the nearest people who could act: what is late, by unit; drafts that wait, to those who approve. `add` puts a line into a digest."""
    late = Q(due_on__lt=day) & ~Q(state__in=(State.ANSWERED, State.DRAFTED))
    _tell(late, "answer", _("{unit}有 {n} 件群众来件超期没答复，最早的是{day}到期。"), day, add)
    _tell(Q(state=State.DRAFTED), "approve", _("{unit}有 {n} 件给群众的答复等您审核，最早的{day}到期。"), day, add)


def _tell(condition: Q, action: str, words: str, day: date, add: Callable[[Any, str], None]) -> None:
    rows = Submission.objects.filter(condition).order_by().values_list("unit").annotate(number=Count("pk"), oldest=Min("due_on"))
    found = {unit: (number, oldest) for unit, number, oldest in rows if oldest}
    if not found:
        return
    people = holders(roles_for(SUBMISSION, action))
    for unit in Unit.objects.filter(pk__in=found).order_by("path"):
        number, oldest = found[unit.pk]
        for user in upwards(unit.path, people):
            add(user, words.format(unit=unit, n=number, day=day_words(oldest, day)))


def fill_requests(tables: dict[str, Any], unit: Unit, year: int) -> None:
    """The table of requests, where the unit got any through the platform: then what is not there is 0."""
    known = request_table(unit, year)
    if not known:
        return
    for line in (NEW, CARRIED_IN, *(result.key for result in RESULTS), CARRIED_OUT):
        tables["requests"][line] = {applicant: known.get(line, {}).get(applicant, 0) for applicant, _label in APPLICANTS}
