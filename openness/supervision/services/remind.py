"""Reminders (提醒) of blanks around their due date, each recorded once, and the digests: one mail a person a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.units.models import Role, Unit

from ..models import Channel, DailyRun, Delivery, Escalation, Obligation, Reminder, State, Urging
from ..models.pursuit import last_digest_before, step_words
from .deliver import webhook
from .people import nearest
from .reviews import add_escalations, remind_reviewers
from .submissions import remind_of_submissions
from .terms import day_words, place_of, reminder_days

CATCH_UP_DAYS = 7
_LINES = 30
_UNITS = 200
_FOREVER = 100_000
_INSERT = f"""
INSERT INTO {Reminder._meta.db_table} (cell_id, unit_id, due_on, days, day)
SELECT id, unit_id, due_on, %s, %s FROM {Obligation._meta.db_table}
WHERE state = {State.OPEN.value} AND opens_on <= %s AND due_on BETWEEN %s AND %s
ON CONFLICT (cell_id, due_on, days) DO NOTHING
"""  # noqa: S608  (our own table names)


def remind(today: date | None = None) -> int:
    """Record, for every open cell, the last step that it has reached; a step that was missed for a week is not made up.

    Returns:
        How many were recorded now: 0 when run again on the same day.
    """
    day, made = today or timezone.localdate(), 0
    with connection.cursor() as cursor:
        for step, after in pairwise([*reminder_days(day), _FOREVER]):
            newest = day - timedelta(days=step)
            oldest = newest - timedelta(days=min(CATCH_UP_DAYS, after - step) - 1)
            cursor.execute(_INSERT, [step, day.isoformat(), day.isoformat(), oldest.isoformat(), newest.isoformat()])
            made += cursor.rowcount
    return made


@dataclass
class Digest:
    """What one unit, or one person, is told: how many, and the first lines."""

    number: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, number: int, lines: Iterable[str]) -> None:
        self.number += number
        self.lines += list(lines)[: _LINES - len(self.lines)]

    def text(self) -> str:
        more = self.number - len(self.lines)
        return "\n".join([*self.lines, *([_("还有 {n} 项，请登录查看。").format(n=more)] if more else [])])


def send_digests(today: date | None = None) -> int:
    """Queue one mail a person and one message a unit, once a day, of what is new since the last digests.

    Returns:
        How many were queued.
    """
    day = today or timezone.localdate()
    with transaction.atomic():
        run, _made = DailyRun.objects.get_or_create(day=day, defaults={"begun_at": timezone.now()})
        run = DailyRun.objects.select_for_update().get(pk=run.pk)
        if run.digested:
            return 0
        queued = _queue(day)
        run.digested = True
        run.save(update_fields=["digested"])
    return queued


def _queue(day: date) -> int:
    by_person: dict[Any, Digest] = defaultdict(Digest)
    messages: list[Delivery] = []
    for units in _batches(_units_with_news(day)):
        digests, people = _by_unit(units, day), nearest(units, Role.CLERK)
        for unit in Unit.objects.filter(pk__in=digests.keys()):
            messages += webhook(f"remind:{unit.code}:{day}", "reminders", unit, digests[unit.pk].text(), people[unit.pk])
            for user in people[unit.pk]:
                by_person[user].add(digests[unit.pk].number, digests[unit.pk].lines)
    _add_letters(Urging, Role.CLERK, "unit_id", day, by_person)
    _add_letters(Escalation, Role.SUPERVISOR, "told_id", day, by_person)
    messages += remind_reviewers(day, lambda user, line: by_person[user].add(1, [line]))
    remind_of_submissions(day, lambda user, line: by_person[user].add(1, [line]))
    add_escalations(day, lambda user, line: by_person[user].add(1, [line]))
    rows = [*messages, *_mails(by_person, day)]
    Delivery.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    return len(rows)


def _units_with_news(day: date) -> list[int]:
    return list(_news(day).order_by("unit").values_list("unit", flat=True).distinct())


def _news(day: date) -> Any:
    last = last_digest_before(day) or day - timedelta(days=1)
    return Reminder.objects.filter(day__gt=last, day__lte=day, cell__state=State.OPEN)


def _batches(units: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(units), _UNITS):
        yield units[start : start + _UNITS]


def _by_unit(units: list[int], day: date) -> dict[int, Digest]:
    found: dict[int, Digest] = defaultdict(Digest)
    rows = _news(day).filter(unit__in=units).select_related("cell__unit", "cell__item", "cell__town").order_by("due_on", "pk")
    fields = ("due_on", "unit_id", "cell__unit__short_name", "cell__town__short_name", "cell__due_on", "cell__period")
    names = ("cell__item__level1", "cell__item__level2", "cell__item__level3", "cell__item__field_id")
    for row in rows.only("days", "cell__town_id", "cell__unit_id", "cell__item_id", *fields, *names).iterator(chunk_size=2000):
        found[row.unit_id].add(1, [line_of(row.cell, day)])
    return found


def line_of(cell: Obligation, today: date) -> str:
    """搜登站镇搜登站村：“财务收支”10月20日到期，还剩 7 天。"""
    days = (today - cell.due_on).days
    how = step_words(days) if days > 0 else _("还剩 {n} 天").format(n=-days) if days else _("就是今天")
    return _("{place}：“{item}”{day}到期，{how}。").format(
        place=place_of(cell), item=cell.item.name, day=day_words(cell.due_on, today), how=how
    )


def _add_letters(model: Any, role: Role, place: str, day: date, by_person: dict[Any, Digest]) -> None:
    """Urgings to clerks and escalations to supervisors that no digest has carried yet."""
    rows = list(model.objects.filter(digested_on=None).order_by("pk"))
    people = nearest({getattr(row, place) for row in rows}, role)
    for row in rows:
        for user in people[getattr(row, place)]:
            by_person[user].add(1, [row.text])
    model.objects.filter(pk__in=[row.pk for row in rows]).update(digested_on=day)


def _mails(by_person: dict[Any, Digest], day: date) -> list[Delivery]:
    if not settings.SUPERVISION_MAIL:
        return []
    now = timezone.now()
    return [
        Delivery(
            channel=Channel.MAIL, key=f"mail:{user.pk}:{day}", recipient=user.email, made_at=now, next_try_at=now,
            payload={"subject": _("{n} 项公开工作要办").format(n=digest.number), "text": f"{digest.text()}\n\n{settings.WAGTAILADMIN_BASE_URL}/admin/"},
        )
        for user, digest in by_person.items()
        if user.email
    ]  # fmt: skip
