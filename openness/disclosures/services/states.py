"""How each item of a unit's catalogue stands today, for one unit: what residents see before the ledger of all units.

Read from the item's own limit and the unit's public disclosures: two queries, whatever the number of items.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from catalog.limits import Limit
from catalog.models import Item
from catalog.workdays import WorkingCalendar
from openness.units.models import Unit

from ..models import Disclosure
from ..periods import Period, period_of

SOON_DAYS = 5
_PERIODIC = {"month", "quarter", "half_year", "year"}


@dataclass(frozen=True)
class Mark:
    """One period of the current year: how it stands, the sign shown and the words read aloud."""

    label: str
    state: str
    sign: str
    words: str


@dataclass(frozen=True)
class ItemState:
    item: Item
    frequency: str
    latest: Disclosure | None
    marks: tuple[Mark, ...]
    due_on: date | None
    state: str
    words: str


def due_date(limit: Limit, period: Period, calendar: WorkingCalendar) -> date:
    """The last day for a period: the fixed day of the next period's month if the limit names one, else its number of days.

    每季度的首个月20日 is the 20th of the first month of the quarter that follows; a bare 每季度 gives the 20 working days of
    条例 art. 26.
    """
    if limit.day_of_month:
        month = period.after().first.month + (limit.month_of_period or 1) - 1
        first = date(period.after().first.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        return first.replace(day=min(limit.day_of_month, monthrange(first.year, first.month)[1]))
    number = limit.number if limit.number is not None else 20
    if limit.number is not None and limit.unit == "calendar":
        return period.last + timedelta(days=number)
    return calendar.add_working_days(period.last, number)


def item_states(unit: Unit, items: Iterable[Item], today: date, calendar: WorkingCalendar) -> list[ItemState]:
    answers: dict[str, list[Disclosure]] = defaultdict(list)
    rows = Disclosure.objects.public().filter(unit=unit).select_related("item").defer("body", "item__raw", "item__elements", "item__basis")
    for row in rows.newest():
        answers[row.item.key].append(row)
    return [_state(item, answers[item.key], today, calendar) for item in items]


def _state(item: Item, answers: list[Disclosure], today: date, calendar: WorkingCalendar) -> ItemState:
    latest = answers[0] if answers else None
    limit = item.limit
    if limit is None or item.cadence not in _PERIODIC:
        state, words = ("ok", _("已公开")) if latest else ("none", _("还没有公开"))
        return ItemState(item, limit.sentence() if limit else item.time_limit, latest, (), None, state, words)
    done = {answer.period: answer for answer in answers}
    ended = period_of(today, item.cadence).before()
    due = due_date(limit, ended, calendar)
    state, words = _standing(ended.code in done, due, today)
    next_due = due_date(limit, ended.after(), calendar) if ended.code in done else due
    marks = tuple(_mark(period, period.code in done, limit, today, calendar) for period in _this_year(today, item.cadence))
    return ItemState(item, limit.sentence(), latest, marks, next_due, state, words)


def _standing(done: bool, due: date, today: date) -> tuple[str, str]:
    if done:
        return "ok", _("已公开")
    if today > due:
        return "late", _("逾期 {n} 天").format(n=(today - due).days)
    left = (due - today).days
    return ("soon", _("还剩 {n} 天").format(n=left)) if left <= SOON_DAYS else ("none", _("未到时间"))


def _this_year(today: date, cadence: str) -> Iterable[Period]:
    period = period_of(date(today.year, 1, 1), cadence)
    while period.first.year == today.year:
        yield period
        period = period.after()


def _mark(period: Period, done: bool, limit: Limit, today: date, calendar: WorkingCalendar) -> Mark:
    from ..periods import period_label

    label = period_label(period.code)
    if done:
        return Mark(label, "ok", "✓", _("已公开"))
    if period.last >= today:
        return Mark(label, "none", "–", _("还没到时间"))
    late = today > due_date(limit, period, calendar)
    return Mark(label, "late", "!", _("逾期")) if late else Mark(label, "soon", "…", _("快到期"))
