"""Shorthand for the pieces of a body, in the form that StreamField stores."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any

Block = dict[str, Any]


def _id(chance: Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def text(chance: Random, *paragraphs: str) -> Block:
    return {"type": "text", "id": _id(chance), "value": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)}


def table(chance: Random, caption: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]]) -> Block:
    """`columns` are (type, heading) with the types of the table block: text, number, money, date."""
    value = {
        "columns": [{"type": kind, "heading": heading} for kind, heading in columns],
        "rows": [{"values": list(row)} for row in rows],
        "caption": caption,
    }
    return {"type": "table", "id": _id(chance), "value": value}


def finance(chance: Random, caption: str, opening: Decimal, income: Sequence[Any], expense: Sequence[Any]) -> Block:
    """An account that adds up: entries are (subject, day, amount, note)."""
    closing = opening + sum(entry[2] for entry in income) - sum(entry[2] for entry in expense)
    rows = [_row("in", entry) for entry in income] + [_row("out", entry) for entry in expense]
    value = {"kind": "both", "caption": caption, "opening": str(opening), "rows": rows, "closing": str(closing)}
    return {"type": "flow", "id": _id(chance), "value": value}


def _row(side: str, entry: Any) -> dict[str, str]:
    subject, day, amount, note = entry
    return {"day": day.isoformat(), "subject": subject, "side": side, "amount": f"{amount:.2f}", "party": "", "voucher": "", "note": note}
