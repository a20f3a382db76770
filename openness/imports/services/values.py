"""Single cells as days, periods, categories and choices; what cannot be read is said in one sentence."""

import re
from datetime import date
from email.utils import parsedate

from django.utils.translation import gettext as _

from catalog.models import Item
from openness.disclosures.models import Category
from openness.disclosures.periods import is_period, parse_period, period_label
from openness.disclosures.rules.period import said_periods
from openness.disclosures.sheets import Kind
from openness.disclosures.sheets.cells import Unread, read_cell

from .finding import quote

PERIODIC = frozenset({"month", "quarter", "half_year", "year"})
_YES, _NO = frozenset({"是", "要", "对", "yes", "y", "1", "true"}), frozenset({"", "否", "不", "不要", "no", "n", "0", "false"})
_COMPACT = re.compile(r"((?:19|20)\d{2})(?:年|[-/.]?)(?:第?([一二三四1-4])季度?|[Qq]([1-4]))")
_MONTH = re.compile(r"((?:19|20)\d{2})[-/.年](\d{1,2})月?")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Wrong(Exception):
    """The cell cannot be read; the message says what to write."""


def day_of(cell: str, label: str) -> date:
    """Raises Wrong. Times of day are dropped."""
    plain = cell.replace("T", " ", 1) if re.match(r"\d{4}-\d{2}-\d{2}T", cell) else cell
    try:
        return date.fromisoformat(read_cell(plain, Kind.DATE))
    except (Unread, ValueError) as fault:
        if parts := parsedate(cell):  # Mon, 05 Mar 2018 08:00:00 +0000
            return date(*parts[:3])
        raise Wrong(_("{label}“{cell}”不是日期，请写成 2026-09-30 这样。").format(label=label, cell=quote(cell))) from fault


def period_of_cell(cell: str) -> str:
    """The code of a period, "" for an empty cell. Raises Wrong."""
    plain = "".join(cell.split())
    if not plain or is_period(plain.upper()):
        return plain.upper()
    if found := _COMPACT.fullmatch(plain):
        return f"{found[1]}-Q{found[3] or _QUARTERS.get(found[2]) or found[2]}"
    if (found := _MONTH.fullmatch(plain)) and 1 <= int(found[2]) <= 12:
        return f"{found[1]}-{int(found[2]):02d}"
    said = said_periods(plain, 0) if re.match(r"(?:19|20)\d{2}年", plain) else []
    if len(said) == 1 and len(said[0][0]) >= len(plain) - 1:
        return said[0][1].code
    raise Wrong(_("期次“{cell}”看不懂，请写成 2026年第三季度、2026年10月 或者 2026年。").format(cell=quote(cell)))


def fits_item(period: str, item: Item) -> str:
    """One sentence where the period is of another length than the item asks for; "" where it fits. Nothing of an empty one."""
    found = parse_period(period)
    if found is None or item.cadence not in PERIODIC or found.cadence == item.cadence:
        return ""
    words = {"month": _("按月"), "quarter": _("按季度"), "half_year": _("按半年"), "year": _("按年")}
    return _("这一项{often}公开，“{period}”不是它的期次。").format(often=words[item.cadence], period=period_label(period))


def period_in_title(title: str, item: Item, day: date) -> str:
    """The one period of the item's length that a title names; "" where it names none or several."""
    if item.cadence not in PERIODIC:
        return ""
    codes = {period.code for _words, period in said_periods(title, day.year) if period.cadence == item.cadence}
    return codes.pop() if len(codes) == 1 else ""


def category_of(cell: str) -> str:
    """Raises Wrong."""
    if not cell:
        return Category.NOTICE
    found = next((value for value, label in Category.choices if str(label) == "".join(cell.split())), None)
    if found is None:
        names = "、".join(str(label) for label in Category.labels)
        raise Wrong(_("类别“{cell}”没有，可以写：{names}。").format(cell=quote(cell), names=names))
    return found


def yes_or_no(cell: str, label: str) -> bool:
    """Raises Wrong."""
    word = cell.strip().lower()
    if word not in _YES | _NO:
        raise Wrong(_("{label}请写“是”或者“否”。").format(label=label))
    return word in _YES
