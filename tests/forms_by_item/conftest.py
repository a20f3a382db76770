"""Shorthand for tables as people paste them, and for the editor's post."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openness.disclosures.models import Disclosure
from openness.disclosures.rules.personal_data import private
from openness.disclosures.services.texts import read_texts
from tests.conftest import make_item

CASH_BOOK = (
    "向阳村 2026 年第三季度收支明细\t\t\t\t\n"
    "日期\t摘要\t收入（元）\t支出（元）\t凭证号\n"
    "2026/7/3\t机动地承包费\t￥12,600.00\t\t记-1\n"
    "8月5日\t村内道路修补\t\t１８，４００．５０\t记-2\n"
    "46270\t利息\t35.2\t\t记-3\n"
    "\t合计\t12,635.20\t18,400.50\t\n"
)


def stored(*blocks: dict[str, Any]) -> Any:
    """A body from the form in which it is stored."""
    field: Any = Disclosure._meta.get_field("body")
    return field.to_python([{"id": f"b{number}", **block} for number, block in enumerate(blocks)])


def flow(rows: list[dict[str, str]], opening: str | None = "100.00", closing: str | None = "100.00", kind: str = "both") -> dict[str, Any]:
    full = [{"day": "", "subject": "租金", "side": "in", "amount": "", "party": "", "voucher": "", "note": "", **row} for row in rows]
    return {"type": "flow", "value": {"kind": kind, "caption": "收支明细", "opening": opening, "rows": full, "closing": closing}}


def element(name: str, words: str = "", reason: str = "", nil: bool = False) -> dict[str, Any]:
    return {"type": "element", "value": {"name": name, "words": words, "nil": nil, "reason": reason}}


def posted(disclosure: Any, **changes: Any) -> dict[str, Any]:
    """What the editor posts for a draft whose body stays as it is."""
    data: dict[str, Any] = {
        "unit": disclosure.unit_id,
        "item": disclosure.item_id,
        "title": disclosure.title,
        "category": disclosure.category,
        "period": disclosure.period,
        "formed_on": disclosure.formed_on.isoformat(),
        "document_number": "",
        "summary": disclosure.summary,
        "notice_from": "",
        "notice_until": "",
        "change_note": "",
        **body_posted(disclosure.body),
    }
    return {**data, **changes}


def body_posted(body: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"body-count": len(body)}
    for number, block in enumerate(body):
        at = f"body-{number}"
        data |= {f"{at}-deleted": "", f"{at}-order": number, f"{at}-type": block.block_type, f"{at}-id": block.id or ""}
        data |= _value_posted(f"{at}-value", block)
    return data


def _value_posted(at: str, block: Any) -> dict[str, Any]:
    if block.block_type == "table":
        return {at: block.block.get_form_state(block.value)}
    value = block.block.get_prep_value(block.value)
    if not isinstance(value, dict):
        return {at: value}
    return {f"{at}-{name}": _field_posted(part) for name, part in value.items() if part is not False}


def _field_posted(part: Any) -> Any:
    if part is None:
        return ""
    return json.dumps(part) if isinstance(part, list) else part


@pytest.fixture
def elemental(db: None):
    """An item that asks for three things."""
    return make_item(
        name="低保审核", elements="救助政策；初审对象名单；监督电话", basis="社会救助暂行办法第十一条", time_limit="20个工作日内"
    )


def personal(made) -> list[tuple[str, object]]:
    """(place, kind) of the personal data that the rules find in a text."""
    (text,) = read_texts([made])
    return [(spot.label, found.kind) for spot in text.spots for found in private(spot, frozenset())]
