"""A new text that is half written already: from the item, the period and what the unit published last time."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from catalog.models import Item
from catalog.models.standard import element_list
from openness.units.models import Unit

from ..blocks import LEDGERS
from ..models import Disclosure
from ..models.disclosure import Category
from ..periods import parse_period, period_label

_AMOUNTS = {"number", "money"}
_MOST_ROWS = 200
_MOST_NAME = 300
Block = dict[str, Any]

# What the item's name says, the shape of the table, the class in it; the first that fits (农经发〔2011〕13号).
_LEDGERS = (
    ("收支", "flow", "both"), ("财务公开", "flow", "both"), ("各项收入", "flow", "income"), ("各项支出", "flow", "expense"),
    ("财务计划", "plan", "plan"), ("收益分配", "plan", "distribution"), ("各项资产", "stock", "assets"), ("各类资源", "stock", "resources"),
    ("债权债务", "stock", "debts"),
)  # fmt: skip


def begin(unit: Unit, item: Item, period: str, today: date) -> Disclosure:
    """An unsaved disclosure: a field for each content element, and last time's tables with their rows and without their amounts. Its
    sentences do not come: they would be last period's news. Two queries at most.
    """
    before = last_public(unit, item)
    words = {"period": period_label(period), "item": item.name}
    made = Disclosure(unit=unit, item=item, period=period, formed_on=today, title=_("{period}{item}").format(**words))
    tables: list[Block] = []
    if before is not None:
        made.category, made.comes_down = before.category, before.comes_down
        _notice(made, before, today)
        again = _same_year(before.period, period)
        tables = [block for block in (_emptied(block, again) for block in before.body.get_prep_value()) if block]
    if ledger := ledger_for(item):
        made.category = Category.FINANCE
        # A free table of last time is no account: nothing says that it adds up.
        if not any(block["type"] in LEDGERS for block in tables):
            tables = [_ledger(ledger, made.title)]
    stream: Any = Disclosure._meta.get_field("body")
    made.body = stream.to_python([*tables, *elements_of(item)] if ledger else [*elements_of(item), *tables])
    return made


def last_public(unit: Unit, item: Item) -> Disclosure | None:
    return Disclosure.objects.public().filter(unit=unit, item__key=item.key).order_by("-first_published_at", "-pk").first()


def elements_of(item: Item) -> list[Block]:
    """An empty field for each content element that the catalogue asks for."""
    return [_block("element", {"name": name, "words": "", "nil": False, "reason": ""}) for name in element_names(item)]


def element_names(item: Item) -> list[str]:
    """The elements to write about. One alone of a finance item is what its table answers."""
    names = list(dict.fromkeys(name[:_MOST_NAME] for name in element_list(item.elements)))
    return [] if len(names) == 1 and ledger_for(item) else names


def fit_elements(disclosure: Disclosure) -> bool:
    """After another item was chosen, or the catalogue changed: empty fields of what is no longer asked for go, new ones come, and whatever
    has words stays where it is.

    Returns:
        Whether anything changed.
    """
    wanted = element_names(disclosure.item)
    blocks = disclosure.body.get_prep_value()
    kept = [block for block in blocks if block["type"] != "element" or block["value"]["name"] in wanted or _says(block["value"])]
    there = {block["value"]["name"] for block in kept if block["type"] == "element"}
    if not any(block["type"] == "element" for block in blocks) and blocks:
        return False  # a text of another make: a table, or words that somebody wrote freely
    new = [block for block in elements_of(disclosure.item) if block["value"]["name"] not in there]
    if len(kept) == len(blocks) and not new:
        return False
    stream: Any = Disclosure._meta.get_field("body")
    disclosure.body = stream.to_python(kept + new)
    return True


def _says(value: dict[str, Any]) -> bool:
    return bool(value.get("nil") or (value.get("words") or "").strip() or (value.get("reason") or "").strip())


def ledger_for(item: Item) -> tuple[str, str] | None:
    """Shape and class of the finance table that an item asks for by its name."""
    return next(((shape, kind) for words, shape, kind in _LEDGERS if words in item.name), None)


def _ledger(ledger: tuple[str, str], caption: str) -> Block:
    shape, kind = ledger
    under: dict[str, Any] = {"flow": {"opening": None, "closing": None}, "plan": {"total": None}}.get(shape, {})
    return _block(shape, {"kind": kind, "caption": caption[:80], "rows": [], **under})


def _notice(made: Disclosure, before: Disclosure, today: date) -> None:
    """As many days as last time, from today."""
    if before.notice_from and before.notice_until:
        made.notice_from, made.notice_until = today, today + (before.notice_until - before.notice_from)


def _same_year(one: str, other: str) -> bool:
    first, second = parse_period(one), parse_period(other)
    return first is None or second is None or first.first.year == second.first.year


def _block(kind: str, value: Any) -> Block:
    return {"type": kind, "id": str(uuid4()), "value": value}


def _emptied(block: Block, same_year: bool) -> Block | None:
    value = block["value"]
    if block["type"] == "table":
        return _block("table", _without_amounts(value))
    make = {"finance": _from_old_account, "flow": _next_flow, "stock": _next_stock, "plan": _next_plan}.get(block["type"])
    return make(value, same_year) if make else None


def _from_old_account(value: dict[str, Any], _same_year: bool) -> Block:
    """The account of the first version goes on as one of entries."""
    rows = [{"subject": row["value"]["subject"], "side": side} for name, side in _OLD_SIDES for row in value[name]]
    return _block("flow", {"kind": "both", "caption": value["caption"], "opening": value["closing"], "rows": rows, "closing": None})


_OLD_SIDES = (("income", "in"), ("expense", "out"))


def _next_flow(value: dict[str, Any], same_year: bool) -> Block:
    """Last time's closing balance is this time's opening balance; a sum since the year began starts again with the year."""
    opening = value["closing"] if same_year or value["kind"] == "both" else "0.00"
    rows = _kept(value, "subject", "side", "party")
    return _block("flow", {"kind": value["kind"], "caption": value["caption"], "opening": opening, "rows": rows, "closing": None})


def _next_stock(value: dict[str, Any], _same_year: bool) -> Block:
    rows = [
        {**kept, "opening": row.get("closing", "")}
        for kept, row in zip(_kept(value, "subject", "measure", "party"), value["rows"], strict=False)
    ]
    return _block("stock", {"kind": value["kind"], "caption": value["caption"], "rows": rows})


def _next_plan(value: dict[str, Any], _same_year: bool) -> Block:
    return _block("plan", {"kind": value["kind"], "caption": value["caption"], "rows": _kept(value, "subject", "party"), "total": None})


def _kept(value: dict[str, Any], *names: str) -> list[dict[str, str]]:
    return [{name: row.get(name, "") for name in names} for row in value["rows"][:_MOST_ROWS]]


def _without_amounts(value: dict[str, Any]) -> dict[str, Any]:
    empty = [column["type"] in _AMOUNTS for column in value["columns"]]
    rows = [
        {"values": [None if amount else cell for cell, amount in zip(row["values"], empty, strict=True)]}
        for row in value["rows"][:_MOST_ROWS]
    ]
    return {**value, "rows": rows}
