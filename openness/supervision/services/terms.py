"""The numbers and days that acts go by, as they stand on a day."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.services.calendar import working_calendar

from ..defaults import TERMS
from ..models import ReminderStep, Term, TermName


def term(name: TermName, day: date) -> int:
    """The newest number that has begun by then; the default where none has."""
    number = Term.objects.filter(name=name, since__lte=day).order_by("-since").values_list("number", flat=True).first()
    return TERMS[name] if number is None else number


def working_days_after(day: date, name: TermName) -> date:
    """The day on which so many working days have passed."""
    return working_calendar().add_working_days(day, term(name, day))


def reminder_days(day: date) -> list[int]:
    """Days before (negative) and after the due date on which is reminded, ascending."""
    steps = ReminderStep.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)
    return sorted(set(steps.values_list("days", flat=True)))


def day_words(day: date, today: date) -> str:
    """9月30日; with the year if it is another one."""
    words = _("{month}月{day}日").format(month=day.month, day=day.day)
    return words if day.year == today.year else _("{year}年").format(year=day.year) + words


def place_of(row: Any) -> str:
    """白石乡石门村, of a cell or a text; a township or county by its own name."""
    above = row.town.short_name if row.town is not None and row.town_id != row.unit_id else ""
    return f"{above}{row.unit.short_name}"
