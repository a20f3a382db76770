"""What stands beside the fields of an item: why the law asks for it, until when, and how others have written it."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from catalog.models import Item
from openness.units.models import Unit

from .begin import element_names, last_public

_EXAMPLES = Path(__file__).resolve().parents[1] / "data" / "examples.json"
_MOST_OF_LAST_TIME = 160


@dataclass(frozen=True)
class Example:
    """`source` says where it is from: 上次你们这样写 or 比如."""

    name: str
    words: str
    source: str


@dataclass(frozen=True)
class Guide:
    item: str
    basis: str
    time_limit: str
    examples: tuple[Example, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def guide(unit: Unit | None, item: Item) -> Guide:
    """One query: what this unit last published for the item."""
    before = last_public(unit, item) if unit else None
    told = _told(before.body.get_prep_value()) if before else {}
    examples = tuple(_example(name, told.get(name, "")) for name in element_names(item))
    return Guide(item.name, item.basis, item.time_limit, examples)


def _told(blocks: list[dict[str, Any]]) -> dict[str, str]:
    return {block["value"]["name"]: (block["value"].get("words") or "").strip() for block in blocks if block["type"] == "element"}


def _example(name: str, before: str) -> Example:
    if before:
        short = before if len(before) <= _MOST_OF_LAST_TIME else before[:_MOST_OF_LAST_TIME] + "……"
        return Example(name, short, _("上次这样写"))
    return Example(name, neutral_example(name), _("比如"))


def neutral_example(name: str) -> str:
    """By what the element asks for; the words that stand latest in its name say most: 补助对象名单 asks for a list."""
    found = max(((name.rfind(word), one["example"]) for one in _examples() for word in one["words"] if word in name), default=None)
    return str(found[1]) if found else str(_examples()[-1]["example"])


@cache
def _examples() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return found
