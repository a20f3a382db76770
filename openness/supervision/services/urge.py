"""催办: a supervisor asks for overdue cells, the clerk answers, the supervisor judges the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.services.receipts import person
from openness.units.models import Role
from openness.units.refusal import Refused

from ..models import AnswerKind, Delivery, Judgement, Obligation, State, TermName, UrgeClock, Urging, UrgingAnswer
from .declare import check_nil, declare_nil, extend
from .deliver import webhook
from .people import nearest
from .terms import day_words, place_of, working_days_after

APART = timedelta(hours=24)
_BATCH = 200
_CLOCK = UrgeClock._meta.db_table
_ROUND = f"""ON CONFLICT (cell_id) DO UPDATE SET last_at = excluded.last_at, times = {_CLOCK}.times + 1
WHERE {_CLOCK}.last_at <= %s RETURNING cell_id, times"""


class UrgingRefused(Refused):
    """The urging, the answer or the judgement cannot be; nothing was changed."""


@dataclass
class Urged:
    """Those that were urged, and those that were not with the sentence why."""

    made: list[Urging] = field(default_factory=list)
    refused: list[tuple[Obligation, str]] = field(default_factory=list)


def urge(cells: Iterable[int], user: Any, now: datetime | None = None) -> Urged:
    """Urge these cells (primary keys), each on its own: one that cannot be does not stop the others.

    Whoever calls has checked that the person supervises their units. A cell is urged at most once in 24 hours, also when several
    supervisors ask at the same moment: one statement in the database decides.
    """
    moment, result = now or timezone.now(), Urged()
    today = timezone.localdate(moment)
    with transaction.atomic():
        rows = _cells(cells)
        overdue = [row for row in rows if row.state == State.OPEN and row.due_on < today]
        times = _claim(overdue, moment)
        result.refused = [(row, _("还没有逾期，不用催。")) for row in rows if row not in overdue]
        result.refused += [(row, _("一项 24 小时内只能催一次。")) for row in overdue if row.pk not in times]
        result.made = _write([row for row in overdue if row.pk in times], times, user, moment)
    return result


def stop_stale_clocks() -> int:
    """Clocks of what is no longer open: a blank may be filled in the moment in which it is urged. Returns how many."""
    return UrgeClock.objects.exclude(cell__state=State.OPEN).delete()[0]


def _cells(keys: Iterable[int]) -> list[Obligation]:
    rows = Obligation.objects.filter(pk__in=set(keys)).select_related("unit", "town", "item")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _claim(cells: Sequence[Obligation], now: datetime) -> dict[int, int]:
    """Cell -> which time it is; those that were urged within 24 hours are missing. In one order for everybody: no deadlock."""
    claimed: dict[int, int] = {}
    at, before = (connection.ops.adapt_datetimefield_value(moment) for moment in (now, now - APART))
    with connection.cursor() as cursor:
        for start in range(0, len(cells), _BATCH):
            batch = cells[start : start + _BATCH]
            marks = ", ".join(["(%s, %s, %s, 1)"] * len(batch))
            values = [value for cell in batch for value in (cell.pk, cell.unit_id, at)]
            cursor.execute(f"INSERT INTO {_CLOCK} (cell_id, unit_id, last_at, times) VALUES {marks} {_ROUND}", [*values, before])  # noqa: S608
            claimed.update(cursor.fetchall())
    return claimed


def _write(cells: Sequence[Obligation], times: dict[int, int], user: Any, now: datetime) -> list[Urging]:
    today = timezone.localdate(now)
    reply_by = working_days_after(today, TermName.URGE_REPLY)
    rows = [_urging(cell, times[cell.pk], reply_by, user, now) for cell in cells]
    made = Urging.objects.bulk_create(rows, batch_size=_BATCH)
    people = nearest({cell.unit_id for cell in cells}, Role.CLERK)
    messages = [
        message
        for row, cell in zip(made, cells, strict=True)
        for message in webhook(f"urge:{row.pk}", "urging", cell.unit, row.text, people[cell.unit_id])
    ]
    Delivery.objects.bulk_create(messages, batch_size=_BATCH)
    return made


def _urging(cell: Obligation, number: int, reply_by: date, user: Any, now: datetime) -> Urging:
    return Urging(
        cell=cell, unit_id=cell.unit_id, duty_id=cell.duty_id, period=cell.period, due_on=cell.due_on, number=number,
        reply_by=reply_by, urged_by=person(user), urged_at=now, text=text_of(cell, reply_by, timezone.localdate(now)),
    )  # fmt: skip


def text_of(cell: Obligation, reply_by: date, today: date) -> str:
    """白石乡石门村：“村级工程项目”9月30日到期，已逾期 12 天。请在 10月15日前公开，或说明原因。"""
    return _("{place}：“{item}”{due}到期，已逾期 {n} 天。请在 {reply}前公开，或说明原因。").format(
        place=place_of(cell),
        item=cell.item.name,
        due=day_words(cell.due_on, today),
        n=(today - cell.due_on).days,
        reply=day_words(reply_by, today),
    )


def answer(urging: Urging, user: Any, kind: str, reason: str = "", until: date | None = None) -> UrgingAnswer:
    """What the clerk says. Nothing changes in the ledger before the supervisor has agreed.

    Raises:
        UrgingRefused: an answer is waiting or was accepted, words or the day are missing, or the ledger says otherwise.
        DeclarationRefused: 本期无此事项 of what cannot be declared nil.
    """
    with transaction.atomic():
        locked = Urging.objects.select_for_update(of=("self",)).select_related("cell").get(pk=urging.pk)
        last = locked.answers.last()
        if last is not None and last.judgement != Judgement.RETURNED:
            raise UrgingRefused(_("已经答复过了，等监督人看。") if last.judgement == "" else _("这次催办已经办结。"))
        _check_answer(locked, AnswerKind(kind), reason.strip(), until)
        return UrgingAnswer.objects.create(
            urging=locked, kind=kind, reason=reason.strip(), until=until if kind == AnswerKind.LATER else None,
            author=user, answered_by=person(user), answered_at=timezone.now(),
        )  # fmt: skip


def _check_answer(urging: Urging, kind: AnswerKind, reason: str, until: date | None) -> None:
    cell = urging.cell
    if cell is None:
        raise UrgingRefused(_("台账里已经没有这一项，不用答复。"))
    if kind == AnswerKind.DONE and cell.state == State.OPEN:
        raise UrgingRefused(_("台账上这一项还没有公开，公开以后再答“已补上”。"))
    if kind == AnswerKind.LATER and (not reason or until is None):
        raise UrgingRefused(_("要延期的，请写明原因和延到哪天。"))
    if kind == AnswerKind.LATER and until is not None and until <= max(cell.due_on, timezone.localdate()):
        raise UrgingRefused(_("延到的日子要晚于今天。"))
    if kind == AnswerKind.NIL:
        check_nil(cell, reason)


def judge(given: UrgingAnswer, user: Any, *, passed: bool, note: str = "") -> UrgingAnswer:
    """通过 moves the due date or declares nil, in the clerk's name; 退回 needs a word why.

    Raises:
        UrgingRefused: somebody judged before, or no word. DeclarationRefused: the ledger has changed meanwhile.
    """
    if not passed and not note.strip():
        raise UrgingRefused(_("退回要写明为什么。"))
    with transaction.atomic():
        locked = UrgingAnswer.objects.select_for_update(of=("self",)).select_related("urging__cell", "author").get(pk=given.pk)
        if locked.judgement != Judgement.WAITING:
            raise UrgingRefused(_("这个答复已经看过了。"))
        if passed:
            _carry_out(locked, user)
        locked.judgement = Judgement.PASSED if passed else Judgement.RETURNED
        locked.note, locked.judged_by, locked.judged_at = note.strip(), person(user), timezone.now()
        locked.save(update_fields=["judgement", "note", "judged_by", "judged_at"])
    return locked


def _carry_out(given: UrgingAnswer, user: Any) -> None:
    cell = given.urging.cell
    if cell is None:
        raise UrgingRefused(_("台账里已经没有这一项。"))
    if given.kind == AnswerKind.LATER and given.until is not None:
        extend(cell, user, given.reason, given.until)
    elif given.kind == AnswerKind.NIL:
        declare_nil(cell, given.author or user, given.reason)
