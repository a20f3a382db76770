"""The period that a disclosure answers: 2026, 2026-H1, 2026-Q3 or 2026-10; empty where nothing recurs."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.remembering import by_language

_PATTERN = r"^(19|20)\d{2}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$"
PERIOD_PATTERN = RegexValidator(_PATTERN, gettext_lazy("期次写成 2026、2026-H1、2026-Q3 或 2026-10 这样。"))
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_QUARTERS = (gettext_lazy("一"), gettext_lazy("二"), gettext_lazy("三"), gettext_lazy("四"))


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole months: `first` is its first day."""

    first: date
    cadence: str

    @property
    def last(self) -> date:
        month = self.first.month - 1 + _MONTHS[self.cadence]
        return date(self.first.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

    @property
    def code(self) -> str:
        year, month = self.first.year, self.first.month
        return {
            "month": f"{year}-{month:02d}",
            "quarter": f"{year}-Q{(month + 2) // 3}",
            "half_year": f"{year}-H{1 if month < 7 else 2}",
            "year": f"{year}",
        }[self.cadence]

    def before(self) -> "Period":
        return period_of(self.first - timedelta(days=1), self.cadence)

    def after(self) -> "Period":
        return period_of(self.last + timedelta(days=1), self.cadence)


def period_of(day: date, cadence: str) -> Period:
    """The period of this cadence (month, quarter, half_year, year) that `day` lies in."""
    length = _MONTHS[cadence]
    return Period(date(day.year, (day.month - 1) // length * length + 1, 1), cadence)


def is_period(code: str) -> bool:
    return bool(re.fullmatch(_PATTERN, code))


def parse_period(code: str) -> Period | None:
    """Read a period code; None for the empty one.

    Raises:
        ValueError: the code is not one that `PERIOD_PATTERN` accepts.
    """
    if not code:
        return None
    year, _dash, part = code.partition("-")
    first = int(year)
    if not part:
        return Period(date(first, 1, 1), "year")
    if part[0] == "H":
        return Period(date(first, 6 * int(part[1]) - 5, 1), "half_year")
    if part[0] == "Q":
        return Period(date(first, 3 * int(part[1]) - 2, 1), "quarter")
    return Period(date(first, int(part), 1), "month")


def recent_periods(today: date) -> dict[str, list[Period]]:
    """The periods a clerk may mean, newest first, by cadence: two years of each."""
    found: dict[str, list[Period]] = {}
    for cadence, number in {"quarter": 8, "month": 24, "half_year": 4, "year": 3}.items():
        found[cadence] = [period_of(today, cadence)]
        while len(found[cadence]) < number:
            found[cadence].append(found[cadence][-1].before())
    return found


@by_language
def period_label(code: str) -> str:
    """What people say: 2026年第三季度."""
    period = parse_period(code) if code else None
    if period is None:
        return ""
    year, month = period.first.year, period.first.month
    return {
        "month": _("{year}年{month}月").format(year=year, month=month),
        "quarter": _("{year}年第{quarter}季度").format(year=year, quarter=_QUARTERS[(month - 1) // 3]),
        "half_year": _("{year}年上半年").format(year=year) if month == 1 else _("{year}年下半年").format(year=year),
        "year": _("{year}年").format(year=year),
    }[period.cadence]
