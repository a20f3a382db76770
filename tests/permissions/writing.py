"""A draft as a clerk writes it, whose title betrays it wherever it is shown."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from openness.disclosures.models import Disclosure
from openness.units.models import Unit

Values = tuple[Any, ...]
SECRET = "只在本村的稿子"


def write(unit: Unit, item: Any, clerk: Any, words: str, more: str = "") -> Disclosure:
    day = timezone.localdate() - timedelta(days=3)
    body = [("text", f"<p>本季度批准宅基地两户。{more}</p>")]
    text = Disclosure(unit=unit, item=item, live=False, author=clerk, title=f"{SECRET}{words}", formed_on=day, body=body)
    text.save()
    text.save_revision(user=clerk)
    return text
