"""A new text that is half written already: from the item, the period and what the unit published last time."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils.html import escape
from django.utils.translation import gettext as _

from catalog.models import Item
from catalog.models.standard import element_list
from openness.units.models import Unit

from ..models import Disclosure
from ..periods import period_label

_AMOUNTS = {"number", "money"}
_MOST_ROWS = 200


def begin(unit: Unit, item: Item, period: str, today: date) -> Disclosure:
    """An unsaved disclosure. Last time's tables come with their rows and without their amounts; its sentences do not come: they would be
    last period's news. Two queries at most.
    """
    before = Disclosure.objects.public().filter(unit=unit, item__key=item.key).order_by("-first_published_at", "-pk").first()
    words = {"period": period_label(period), "item": item.name}
    made = Disclosure(unit=unit, item=item, period=period, formed_on=today, title=_("{period}{item}").format(**words))
    body = [_elements(item)]
    if before is not None:
        made.category, made.comes_down = before.category, before.comes_down
        _notice(made, before, today)
        body = [block for block in map(_emptied, before.body.get_prep_value()) if block] or body
    stream: Any = Disclosure._meta.get_field("body")
    made.body = stream.to_python(body)
    return made


def _notice(made: Disclosure, before: Disclosure, today: date) -> None:
    """As many days as last time, from today."""
    if before.notice_from and before.notice_until:
        made.notice_from, made.notice_until = today, today + (before.notice_until - before.notice_from)


def _elements(item: Item) -> dict[str, Any]:
    """What the catalogue asks for, as headings to write under."""
    text = "".join(f"<h3>{escape(element)}</h3><p></p>" for element in element_list(item.elements))
    return _block("text", text)


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid4()), "value": value}


def _emptied(block: dict[str, Any]) -> dict[str, Any] | None:
    value = block["value"]
    if block["type"] == "finance":
        return _block("finance", _next_account(value))
    if block["type"] == "table":
        return _block("table", _without_amounts(value))
    return None


def _next_account(value: dict[str, Any]) -> dict[str, Any]:
    """Last time's closing balance is this time's opening balance; the subjects stay, day, amount and note are asked again."""
    blank = {"day": None, "amount": None, "note": ""}
    entries = {
        side: [{"type": "item", "id": str(uuid4()), "value": {**blank, "subject": row["value"]["subject"]}} for row in value[side]]
        for side in ("income", "expense")
    }
    return {"caption": value["caption"], "opening": value["closing"], **entries, "closing": None}


def _without_amounts(value: dict[str, Any]) -> dict[str, Any]:
    empty = [column["type"] in _AMOUNTS for column in value["columns"]]
    rows = [
        {"values": [None if amount else cell for cell, amount in zip(row["values"], empty, strict=True)]}
        for row in value["rows"][:_MOST_ROWS]
    ]
    return {**value, "rows": rows}
