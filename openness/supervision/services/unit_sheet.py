"""The catalogue of a unit as a table to take home: exactly the rows that the page shows, in its order and its words."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.sheets.out import Table
from openness.units.models import Unit

from .unit_items import ItemState
from .unit_months import MONTHS, Year, years_of


def item_sheet(unit: Unit, states: Sequence[ItemState], today: date, about: str = "") -> Table:
    """`about` says which rows these are, where they are not all."""
    headings = [
        _("领域"), _("公开事项"), _("上级事项"), _("状态"), _("下次最晚"), _("最近一次公开"), _("公开日期"), _("网址"), _("今年各期"), _("多久公开一次"),
    ]  # fmt: skip
    return Table(_title(unit, today, about), headings, [_item_row(state) for state in states])


def _title(unit: Unit, today: date, about: str) -> str:
    return _("{unit}公开目录{about}{day}").format(unit=unit, about=about, day=today.isoformat())


def _item_row(state: ItemState) -> list[Any]:
    item, latest = state.item, state.latest
    above = item.level1 if item.name != item.level1 else ""
    last = (
        [latest.title, _day(latest.first_published_at), settings.SITE_URL + latest.get_absolute_url()]
        if latest
        else [_("还没有公开过"), None, ""]
    )
    marks = "；".join(f"{mark.label}{mark.words}" for mark in state.marks)
    return [item.field.name, item.name, above, state.words, state.due_on, *last, marks, state.frequency]


def _day(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment else None


def month_sheet(unit: Unit, states: Iterable[ItemState], today: date, about: str = "") -> Table:
    headings = [_("领域"), _("公开事项"), *(_("{n}月").format(n=month) for month in MONTHS)]
    return Table(_title(unit, today, about + _("（按月份）")), headings, [_month_row(year) for year in years_of(states, today)])


def _month_row(year: Year) -> list[str]:
    item = year.state.item
    return [item.field.name, item.name, *("；".join(one.words for one in month) for month in year.months)]
