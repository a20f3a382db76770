"""Numbers that people can read out: 2026-1012-007 is the seventh of 12 October 2026."""

from datetime import date

from django.db.models import F

from ..models import DayCount


def next_number(day: date) -> str:
    """Call inside the transaction that uses it: the row of the day is locked until then, so no number is given twice or left out."""
    DayCount.objects.get_or_create(day=day)
    DayCount.objects.filter(day=day).update(last=F("last") + 1)
    last = DayCount.objects.values_list("last", flat=True).get(day=day)
    return f"{day:%Y-%m%d}-{last:03d}"
