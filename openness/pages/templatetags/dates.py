"""Django's `date`, for templates that write their formats in Chinese: `Y年n月j日` is `Y년 n월 j일` on a Korean page. It is a builtin of all templates."""

from typing import Any

from django import template
from django.template.defaultfilters import date as django_date
from django.utils.translation import get_language

register = template.Library()
_KOREAN = str.maketrans({"年": "년 ", "月": "월 ", "日": "일"})


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, arg: str | None = None) -> str:
    """As Django's own in every other respect.

    >>> from datetime import date as day
    >>> date(day(2026, 11, 30), "n月j日")
    '11月30日'
    """
    if arg and get_language() == "ko":
        arg = arg.translate(_KOREAN).strip()
    return django_date(value, arg)
