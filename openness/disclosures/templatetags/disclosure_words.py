"""Words of a text's page."""

import re

from django import template

register = template.Library()
_ACCOUNT = re.compile(r" #\d+")


@register.filter
def without_account(person: str) -> str:
    """A receipt names people with the number of their account, which is of use to nobody outside."""
    return _ACCOUNT.sub("", person)
