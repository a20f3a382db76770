"""Wrong period: title or summary name another than the one chosen; days of an account lie outside of it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..blocks.rows import is_read
from ..periods import Period, parse_period, period_label
from ..sheets import Kind
from .issue import Issue
from .rule import Case, Rule, TextRule
from .text import Batch, Found, Text

_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_SAID = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年(?:度)?)?\s*"
    r"(?:(?:第|(?<![这那上下每本前后各同]))(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<month>1[0-2]|0?[1-9])月(?:份)?(?!\d{0,2}[日号]|\d))"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年(?:度)?")
_READ_AT = frozenset({"标题", "一句话看懂"})


class WrongPeriod(TextRule):
    code = check = "period"
    name = gettext_lazy("期次和文字一致")
    meaning = gettext_lazy("标题和一句话里写的时间，要和选的期次对得上。")
    advice = gettext_lazy("改标题，或者改选的期次。")
    basis = gettext_lazy("")
    field = "period"

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        given = parse_period(text.period)
        if given is None:
            return
        for place in text.places:
            said = said_periods(place.words, given.first.year) if place.label in _READ_AT else []
            if said and not any(_touch(period, given) for _words, period in said):
                words, period = said[0]
                sentence = _("写的是“{said}”，选的期次是{given}。").format(said=words, given=period_label(given.code))
                yield Found(place.label, sentence, words, period.code)


def said_periods(words: str, year: int) -> list[tuple[str, Period]]:
    """Periods named in these words, with the very words; a year that is not said is `year`. A bare year counts if nothing else is said."""
    found = [(match[0].strip(), _period(match, int(match["year"] or year))) for match in _SAID.finditer(words)]
    if not found:
        found = [(match[0], Period(date(int(match["year"]), 1, 1), "year")) for match in _YEAR.finditer(words)]
    return found


def _period(match: re.Match[str], year: int) -> Period:
    if quarter := match["quarter"]:
        number = _NUMBERS.get(quarter) or int(quarter)
        return Period(date(year, 3 * number - 2, 1), "quarter")
    if half := match["half"]:
        return Period(date(year, 1 if half == "上" else 7, 1), "half_year")
    return Period(date(year, int(match["month"]), 1), "month")


def _touch(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last


class PeriodDates(Rule):
    """Where it is certain: the entries of an account, and an account drawn up before its period began."""

    code = "period_dates"
    name = gettext_lazy("日期在这一期里")
    meaning = gettext_lazy("收支表里每一笔的日期要在这一期里；收支情况不能在这一期开始以前就形成。")
    advice = gettext_lazy("改这一笔的日期，或者改选的期次。")

    def issues(self, case: Case) -> Iterator[Issue]:
        given = parse_period(case.disclosure.period)
        if given is None:
            return
        formed_on = case.disclosure.formed_on
        if case.disclosure.category == "finance" and given.cadence != "year" and formed_on and formed_on < given.first:
            words = _("{period}还没有开始（信息形成日期是 {day}），不会有这一期的收支。")
            yield Issue("formed_on", words.format(period=period_label(given.code), day=formed_on.isoformat()))
        for number, block in enumerate(case.disclosure.body or (), start=1):
            days = _DAYS.get(block.block_type, _no_days)(block.value)
            yield from (_outside(number, line, day, given) for line, day in days if day and not given.first <= day <= given.last)


def _outside(block: int, line: str, day: date, given: Period) -> Issue:
    words = _("第 {block} 段{line}：日期 {day} 不在{period}里。")
    return Issue("body", words.format(block=block, line=line, day=day.isoformat(), period=period_label(given.code)))


def _days_of_account(value: Any) -> Iterator[tuple[str, date | None]]:
    for side, name in (("income", _("收入")), ("expense", _("支出"))):
        for number, entry in enumerate(value[side], start=1):
            yield _("{side}第 {n} 笔").format(side=name, n=number), entry["day"]


def _days_of_flow(value: Any) -> Iterator[tuple[str, date | None]]:
    """A day that cannot be read is the table's own matter."""
    for number, row in enumerate(value.rows, start=1):
        yield _("第 {n} 笔").format(n=number), parse_date(row["day"]) if row["day"] and is_read(row["day"], Kind.DATE) else None


def _no_days(_value: Any) -> Iterator[tuple[str, date | None]]:
    yield from ()


_DAYS = {"finance": _days_of_account, "flow": _days_of_flow}
