"""Why one cell stands as it does: everything that `judge` went by, with the sentence that follows from it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from openness.disclosures.models import Disclosure, Receipt

from ..models import Exemption, Extension, NilDeclaration, Obligation, State, Waiver
from ..rules.judge import Done
from ..rules.plan import period_answered
from .evidence import evidence_for, key_of


@dataclass(frozen=True)
class Answer:
    """A disclosure for the cell, with its receipts, oldest first; `counts` is None where it was withdrawn: then it answers nothing."""

    disclosure: Disclosure
    receipts: tuple[Receipt, ...]
    counts: Done | None

    @property
    def missed_its_own_limit(self) -> bool:
        return bool(self.counts and self.counts.own_due_on and self.counts.day > self.counts.own_due_on)


@dataclass(frozen=True)
class Story:
    cell: Obligation
    answers: tuple[Answer, ...]
    nil: tuple[NilDeclaration, ...]
    waivers: tuple[Waiver, ...]
    extensions: tuple[Extension, ...]
    exemptions: tuple[Exemption, ...]
    why: str

    @property
    def standing_nil(self) -> NilDeclaration | None:
        return next((one for one in self.nil if one.undone_at is None), None)


def story(cell: Obligation, today: date) -> Story:
    """The cell must have `unit`, `duty` and `item` loaded. Ten queries, however much was said of it."""
    answers = _answers(cell, today)
    same = {"unit": cell.unit_id, "duty": cell.duty_id}
    periods = ("", cell.period)
    waivers = tuple(Waiver.objects.filter(**same, period__in=periods).order_by("-approved_at"))
    return Story(
        cell=cell,
        answers=answers,
        nil=tuple(NilDeclaration.objects.filter(**same, period=cell.period).order_by("-declared_at")),
        waivers=waivers,
        extensions=tuple(Extension.objects.filter(**same, period=cell.period).order_by("-approved_at")),
        exemptions=tuple(Exemption.objects.filter(duty=cell.duty_id, unit__path__in=_paths(cell)).select_related("unit").order_by("since")),
        why=_why(cell, answers, waivers, today),
    )


def _paths(cell: Obligation) -> list[str]:
    path = cell.unit.path
    return [path[:end] for end in range(cell.unit.steplen, len(path) + 1, cell.unit.steplen)]


def _answers(cell: Obligation, today: date) -> tuple[Answer, ...]:
    limit = cell.item.limit
    if limit is None:
        return ()
    counting = {done.disclosure: done for done in evidence_for([cell], today)[key_of(cell)].done}
    rows = Disclosure.objects.filter(
        unit=cell.unit_id, item__key=cell.duty.key, item__field__standard__area=cell.duty.area, first_published_at__isnull=False
    )
    found = [row for row in rows.defer("body").order_by("pk") if period_answered(limit, row.period, row.formed_on) == cell.period]
    receipts: dict[int, list[Receipt]] = {row.pk: [] for row in found}
    for receipt in Receipt.objects.filter(disclosure__in=found).order_by("seq"):
        receipts[receipt.disclosure_id].append(receipt)
    return tuple(Answer(row, tuple(receipts[row.pk]), counting.get(row.pk)) for row in found)


def _why(cell: Obligation, answers: tuple[Answer, ...], waivers: tuple[Waiver, ...], today: date) -> str:
    """One sentence, from the same facts in the same order as `judge` takes them."""
    if cell.done_on and cell.state in (State.ON_TIME, State.LATE):
        return _why_done(cell, cell.done_on, answers)
    if cell.state == State.NIL:
        return _("没有公开的内容，本单位申报了“本期无此事项”。")
    if cell.state == State.WAIVED:
        until = max((one.expires_on for one in waivers), default=today)
        return _("没有公开的内容，经批准到{day}为止不公开。").format(day=_day(until))
    if today > cell.due_on:
        return _("最迟{due}公开，到今天没有公开，也没有申报。").format(due=_day(cell.due_on))
    return _("最迟{due}公开，还没有到。").format(due=_day(cell.due_on))


def _why_done(cell: Obligation, done_on: date, answers: tuple[Answer, ...]) -> str:
    words = {"done": _day(done_on), "due": _day(cell.due_on)}
    if done_on > cell.due_on:
        return _("最早的一条{done}公开，最迟应在{due}，晚了 {n} 天。").format(n=(done_on - cell.due_on).days, **words)
    if any(answer.missed_its_own_limit for answer in answers):
        return _("最早的一条{done}公开，没有过{due}；但有一条超过了它自己的时限，算逾期。").format(**words)
    return _("最早的一条{done}公开，没有过{due}，算按时。").format(**words)


def _day(day: date) -> str:
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)
