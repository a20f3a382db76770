"""Telling the level above: urged so many times, so many working days ago, still blank, and no answer waits to be judged."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.services.calendar import working_calendar
from openness.units.models import Role, Unit

from ..models import Delivery, Escalation, Judgement, Obligation, State, TermName, UrgingAnswer
from .deliver import webhook
from .people import nearest
from .terms import day_words, place_of, term

Key = tuple[int, int, str, date]


def escalate(today: date | None = None) -> int:
    """Each cell goes one level up at a time, and again after as many working days. Running twice tells nobody twice.

    Returns:
        How many were told.
    """
    day = today or timezone.localdate()
    limit = working_calendar().add_working_days(day, -term(TermName.ESCALATE, day))
    with transaction.atomic():
        cells = list(_without_result(day, limit))
        before = _told_before(cells)
        fresh = [row for cell in cells if (row := _one(cell, before[_key(cell)], day, limit)) is not None]
        made = _save(fresh)
        _queue(made)
    return len(made)


def _without_result(day: date, limit: date) -> QuerySet[Obligation]:
    waiting = UrgingAnswer.objects.filter(urging__cell=OuterRef("pk"), judgement=Judgement.WAITING)
    rows = Obligation.objects.filter(clocks__times__gte=term(TermName.URGES, day), clocks__last_at__date__lte=limit)
    rows = rows.filter(~Exists(waiting), state=State.OPEN, due_on__lt=day).annotate(times=F("clocks__times"))
    return rows.select_related("unit", "town", "item").order_by("pk")


def _key(row: Obligation | Escalation) -> Key:
    return row.unit_id, row.duty_id, row.period, row.due_on


def _told_before(cells: Sequence[Obligation]) -> dict[Key, list[date]]:
    found: dict[Key, list[date]] = defaultdict(list)
    for row in Escalation.objects.filter(cell__in=[cell.pk for cell in cells]).order_by("day"):
        found[_key(row)].append(row.day)
    return found


def _one(cell: Obligation, before: Sequence[date], day: date, limit: date) -> Escalation | None:
    """The next level up; None where the last was told too lately, or nobody is left above."""
    end = len(cell.unit.path) - Unit.steplen * (len(before) + 1)
    if end <= 0 or (before and before[-1] > limit):
        return None
    text = _("{place}：“{item}”{due}到期，催办 {n} 次没有结果，请督促。").format(
        place=place_of(cell), item=cell.item.name, due=day_words(cell.due_on, day), n=cell.times  # type: ignore[attr-defined]
    )  # fmt: skip
    told = Unit(path=cell.unit.path[:end])
    return Escalation(
        cell=cell, unit_id=cell.unit_id, duty_id=cell.duty_id, period=cell.period, due_on=cell.due_on, text=text, day=day, told=told
    )


def _save(rows: list[Escalation]) -> list[Escalation]:
    """Their `told` are known by path so far: one query for all."""
    units = {unit.path: unit for unit in Unit.objects.filter(path__in={row.told.path for row in rows})}
    for row in rows:
        row.told = units[row.told.path]
    return Escalation.objects.bulk_create(rows, batch_size=200)


def _queue(rows: Sequence[Escalation]) -> None:
    people = nearest({row.told_id for row in rows}, Role.SUPERVISOR)
    messages = [one for row in rows for one in webhook(f"escalate:{row.pk}", "escalation", row.told, row.text, people[row.told_id])]
    Delivery.objects.bulk_create(messages, batch_size=200)
