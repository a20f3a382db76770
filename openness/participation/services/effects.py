"""What each step changes beside the state. An effect may refuse, and may answer with other words for the history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.services.calendar import working_calendar
from openness.units.models import Unit
from openness.units.refusal import Refused

from ..models import Kind, Source, Step, Submission
from ..rules import clock
from ..rules.kinds import ASK_CORRECTION_WITHIN, CORRECTION_DAYS, EXTENSION_DAYS, KINDS, THIRD_PARTY_DAYS
from ..rules.results import BY_KEY, NOT_CORRECTED
from .words import check_public


@dataclass
class Act:
    """What somebody said with a step. `at` and `user` are filled in by the taking of it."""

    note: str = ""
    public_text: str = ""
    unit: Unit | None = None
    result: str = ""
    rating: int | None = None
    at: datetime | None = None
    user: Any = None


Effect = Callable[[Submission, Act], str | None]


def _accept(row: Submission, act: Act) -> None:
    """What came through the internet counts from the day on which both sides confirmed it (条例 art. 31)."""
    if KINDS[row.kind].confirmed and row.source == Source.WEB:
        row.begun_on = timezone.localdate(act.at)
        row.due_on = clock.due(row.begun_on, KINDS[row.kind].days, working_calendar())


def _refer(row: Submission, act: Act) -> str:
    """The term goes on: the resident waits no longer because of it."""
    if act.unit is None or act.unit.pk == row.unit_id:
        raise Refused(_("请选转给哪个单位。"))
    if not act.unit.active or act.unit.level not in KINDS[row.kind].levels:
        raise Refused(_("不能转给这个单位。"))
    row.unit = act.unit
    return _("转给{unit}：{why}").format(unit=act.unit, why=act.note.strip())


def _show(row: Submission, act: Act) -> None:
    if not row.wants_public:
        raise Refused(_("来件人没有同意公开。"))
    text = act.public_text.strip()
    if not text:
        raise Refused(_("请写公开的文字。"))
    check_public(text, row.unit)
    row.public_text, row.hidden_reason, row.shown_at = text, "", row.shown_at or act.at


def _hide(row: Submission, act: Act) -> None:
    row.shown_at, row.hidden_reason = None, act.note.strip()[:300]


def _reply(row: Submission, act: Act) -> str:
    """The words of the answer stand in the submission, not in the history."""
    reply = act.note.strip()
    if row.wants_public and row.shown_at is None and not row.hidden_reason:
        raise Refused(_("先定来件能不能公开，再答复。"))
    if row.shown_at is not None:
        check_public(reply, row.unit)
    if row.kind == Kind.REQUEST:
        if act.result not in BY_KEY:
            raise Refused(_("请选怎么答复。"))
        row.request.result = act.result
        row.request.save(update_fields=["result"])
    row.reply, row.reply_unit, row.drafter = reply[:2000], row.unit, act.user
    return ""


def _answer(row: Submission, act: Act) -> str:
    words = _reply(row, act)
    _done(row, act)
    return words


def _done(row: Submission, act: Act) -> None:
    row.answered_at = act.at
    row.in_time = row.due_on is None or timezone.localdate(act.at) <= row.due_on


def _ask_correction(row: Submission, act: Act) -> None:
    """Once, within seven working days of the receipt; meanwhile nothing counts (条例 art. 30)."""
    today, calendar, request = timezone.localdate(act.at), working_calendar(), row.request
    if request.correction_asked_on is not None:
        raise Refused(_("补正只能要求一次，已经要求过了。"))
    if calendar.working_days_between(row.begun_on, today) > ASK_CORRECTION_WITHIN:
        raise Refused(_("收到申请已经超过 {n} 个工作日，不能再要求补正。").format(n=ASK_CORRECTION_WITHIN))
    request.correction_asked_on, request.waits_until = today, calendar.add_working_days(today, CORRECTION_DAYS)
    request.save(update_fields=["correction_asked_on", "waits_until"])
    row.due_on = None


def _correct(row: Submission, act: Act) -> str:
    """The term begins anew with the corrected request (条例 art. 30)."""
    words = f"{row.text}\n\n{_('补正：')}{act.note.strip()}"
    if len(words) > 1000:
        raise Refused(_("补正的话太长，连同原来的最多 1000 字。"))
    row.text, row.begun_on = words, timezone.localdate(act.at)
    row.due_on = clock.due(row.begun_on, KINDS[row.kind].days, working_calendar())
    row.request.waits_until = None
    row.request.save(update_fields=["waits_until"])
    return ""


def _lapse(row: Submission, act: Act) -> None:
    request = row.request
    if request.waits_until is None or timezone.localdate(act.at) <= request.waits_until:
        raise Refused(_("还没有过补正的期限。"))
    request.result, request.waits_until = NOT_CORRECTED, None
    request.save(update_fields=["result", "waits_until"])
    row.reply, row.reply_unit = act.note.strip(), row.unit
    _done(row, act)


def _consult(row: Submission, act: Act) -> None:
    """The time of asking does not count (条例 art. 33); the third party has fifteen working days (art. 32)."""
    today, calendar = timezone.localdate(act.at), working_calendar()
    row.request.left = clock.left(today, row.due_on, calendar) if row.due_on else KINDS[row.kind].days
    row.request.waits_until = calendar.add_working_days(today, THIRD_PARTY_DAYS)
    row.request.save(update_fields=["left", "waits_until"])
    row.due_on = None


def _consulted(row: Submission, act: Act) -> None:
    row.due_on = clock.resumed(timezone.localdate(act.at), row.request.left or 0, working_calendar())
    row.request.left = row.request.waits_until = None
    row.request.save(update_fields=["left", "waits_until"])


def _extend(row: Submission, act: Act) -> None:
    """Once, by at most twenty working days, with the approval of who heads the office; the applicant is told (条例 art. 33)."""
    today = timezone.localdate(act.at)
    if row.request.extended:
        raise Refused(_("已经延长过一次，不能再延。"))
    if row.due_on is None or row.due_on < today:
        raise Refused(_("已经过了期限，不能再延长。"))
    row.due_on = working_calendar().add_working_days(row.due_on, EXTENSION_DAYS)
    row.request.extended = True
    row.request.save(update_fields=["extended"])


def _approve(row: Submission, act: Act) -> None:
    if row.shown_at is not None:
        check_public(row.reply, row.unit)
    _done(row, act)


def _deliver(row: Submission, act: Act) -> None:
    row.request.delivered_on, row.request.delivered_by = timezone.localdate(act.at), act.note.strip()[:200]
    row.request.save(update_fields=["delivered_on", "delivered_by"])


def _rate(row: Submission, act: Act) -> None:
    if row.rating is not None:
        raise Refused(_("已经评过了。"))
    if act.rating not in (1, 2, 3):
        raise Refused(_("请选满意、一般或者不满意。"))
    row.rating = act.rating


EFFECTS: Mapping[Step, Effect] = {
    Step.ACCEPT: _accept,
    Step.REFER: _refer,
    Step.SHOW: _show,
    Step.HIDE: _hide,
    Step.ASK_CORRECTION: _ask_correction,
    Step.CORRECT: _correct,
    Step.LAPSE: _lapse,
    Step.CONSULT: _consult,
    Step.CONSULTED: _consulted,
    Step.EXTEND: _extend,
    Step.DRAFT: _reply,
    Step.ANSWER: _answer,
    Step.APPROVE: _approve,
    Step.DELIVER: _deliver,
    Step.RATE: _rate,
}
