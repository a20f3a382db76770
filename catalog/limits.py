"""Time limits (公开时限): the words of an official catalogue as a structure that a ledger can reckon with.

What a limit may say follows the wordings that issuers use; the default of 20 working days is art. 26 of the
Regulations on Open Government Information (政府信息公开条例, State Council Decree 711). The parser is `catalog.limit_words`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self

from django.utils.translation import gettext as _

from .remembering import by_language

Trigger = Literal["event", "before_event", "period_end", "continuous"]
Unit = Literal["working", "calendar"]
Cadence = Literal["month", "quarter", "half_year", "year", "standing"]

PERIOD_MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True)
class Limit:
    """When something must be public.

    Attributes:
        trigger: what starts the clock: an event, a coming event (the number counts back from it), the end of a period,
            or nothing (it must be public all the time).
        number: days; 0 is the day itself; None when the words give no number.
        unit: kind of the days in `number`.
        cadence: how often; "standing" is kept public for good.
        display_days: how long a notice must stay up (公示期), in `display_unit` days; at least this many.
        day_of_month: the fixed last day, for limits such as 每季度的首个月20日.
        month_of_period: month that `day_of_month` lies in, counted from 1 within the period that follows the one
            reported on (quarter 1 to 3, half year 1 to 6, year 1 to 12).
        busy_cadence: the closer cadence where dealings are many (财务往来较多的每月公布一次).
        prompt: the words ask for promptness (及时, 随时, 实时) rather than, or beside, a number.
        event: the words of the event, as written.
    """

    trigger: Trigger
    number: int | None = None
    unit: Unit | None = None
    cadence: Cadence | None = None
    display_days: int | None = None
    display_unit: Unit | None = None
    day_of_month: int | None = None
    month_of_period: int | None = None
    busy_cadence: Cadence | None = None
    prompt: bool = False
    event: str = ""

    def as_json(self) -> dict[str, Any]:
        """Every attribute by name, in values that JSON has."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The limit that `as_json` gave; names of other versions are ignored."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})

    @by_language
    def sentence(self) -> str:
        """The limit in short plain Chinese, such as 信息形成后20个工作日内; `parse_limit` reads it back."""
        parts = [_MAIN[self.trigger](self)]
        if self.busy_cadence:
            parts.append(_("财务往来较多的{every}一次").format(every=_every(self.busy_cadence)))
        if self.cadence == "standing" and self.trigger != "continuous":
            parts.append(_("长期公开"))
        parts.append(_beside(self))
        if self.display_days is not None:
            parts.append(_("公示{days}").format(days=_days(self.display_days, self.display_unit)))
        return "，".join(part for part in parts if part)


def _every(cadence: str | None) -> str:
    return {"month": _("每月"), "quarter": _("每季度"), "half_year": _("每半年"), "year": _("每年")}[cadence or "quarter"]


def _days(number: int, unit: Unit | None) -> str:
    words = _("{number}个工作日") if unit == "working" else _("{number}日")
    return words.format(number=number)


def _event_sentence(limit: Limit) -> str:
    if limit.number is None:
        return _prompt_sentence(limit)
    if limit.number == 0:
        return _("{event}当日").format(event=limit.event)
    within = _("{days}内").format(days=_days(limit.number, limit.unit))
    return _("{event}后{within}").format(event=limit.event, within=within) if limit.event else within


def _beside(limit: Limit) -> str:
    """Promptness that is asked beside a number, a period or standing publicity."""
    if not limit.prompt or (limit.trigger == "event" and limit.number is None):
        return ""
    if limit.trigger == "continuous":
        return _("有变更及时更新") if limit.cadence == "standing" else ""
    words = _("{event}及时公开")
    return words.format(event=limit.event if limit.trigger == "period_end" else "")


def _prompt_sentence(limit: Limit) -> str:
    return _("{event}及时公开").format(event=limit.event) if limit.prompt else ""


def _before_sentence(limit: Limit) -> str:
    return _("{event}前{days}").format(event=limit.event, days=_days(limit.number or 0, limit.unit))


def _period_sentence(limit: Limit) -> str:
    every = _every(limit.cadence)
    if limit.day_of_month is not None:
        return _("{every}{month}{day}日前").format(every=every, month=_month_words(limit), day=limit.day_of_month)
    if limit.number is None:
        return _("{every}一次").format(every=every)
    if limit.number == 0:
        return _("{every}末前").format(every=every)
    return _("{every}结束后{days}内").format(every=every, days=_days(limit.number, limit.unit))


def _month_words(limit: Limit) -> str:
    month = limit.month_of_period or 1
    if limit.cadence == "month":
        return ""
    if limit.cadence == "year":
        return _("{month}月").format(month=month)
    return _("首月") if month == 1 else _("第{month}个月").format(month=month)


def _standing_sentence(limit: Limit) -> str:
    return _("长期公开") if limit.cadence == "standing" else _("实时公开")


_MAIN = {
    "event": _event_sentence,
    "before_event": _before_sentence,
    "period_end": _period_sentence,
    "continuous": _standing_sentence,
}


def parse_limit(text: str) -> Limit | None:
    """Understand the words of a time-limit cell, or say honestly (None) that a person must decide.

    Nothing is guessed: when any part of the text that carries a number or a deadline word is left over, the
    answer is None, as it is when two numbers compete or the days are a range.
    """
    from .limit_words import understand

    return understand(text)
