"""村里的账: the item whose texts are the accounts of a unit, so that a resident is one tap from the newest."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openness.disclosures.models import Category
from openness.units.models import Unit

from .unit_items import ItemState

_WORDS = ("收支", "收入", "账")  # how catalogues and clerks call the accounts, the surest first


def accounts_of(states: Iterable[ItemState]) -> ItemState | None:
    """Among the items whose latest text is of finance the one that speaks of income and expenditure, else the first of them."""
    finance = [state for state in states if state.latest and state.latest.category == Category.FINANCE]
    called = (state for word in _WORDS for state in finance if state.latest and word in f"{state.item.name}{state.latest.title}")
    return next(called, finance[0] if finance else None)


def accounts_title(unit: Unit) -> str:
    return _("村里的账") if unit.kind == "village" else _("{unit}的账").format(unit=unit)
