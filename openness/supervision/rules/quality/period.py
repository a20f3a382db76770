"""Wrong period: the title or the summary names a period that the one chosen in the form does not touch."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from openness.disclosures.periods import Period, parse_period, period_label

from ...models import CheckName
from .text import Batch, Found, Text

_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_SAID = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年(?:度)?)?\s*"
    r"(?:(?:第|(?<![这那上下每本前后各同]))(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<month>1[0-2]|0?[1-9])月(?:份)?(?!\d{0,2}[日号]|\d))"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年(?:度)?")
_READ_AT = frozenset({"标题", "一句话看懂"})


class WrongPeriod:
    name = CheckName.PERIOD

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
