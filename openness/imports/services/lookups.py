"""Units and items by the words of a cell, for a whole batch with the same few queries; near names where nothing fits."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.models import Item
from openness.units.models import Unit

from .finding import quote
from .rights import may_bring_in, units_of

_CODE = re.compile(r"(?<!\d)(\d{6,12})(?!\d)")
_MOST_GUESSES = 300  # different unknown names in one run for which near ones are looked for
_SIMILAR = 0.34
SEPARATOR = " · "


class Unknown(Exception):
    """The cell names nothing that can be used; the message says what to do."""


class Lookups:
    """For one person. `load` asks the database once for all cells of a batch; what was found stays for the next batch."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.items: dict[str, list[Item]] = {}
        self.units: dict[str, list[Unit]] = {}
        self._near: dict[tuple[str, str], list[str]] = {}
        self._names: list[str] | None = None

    def load(self, cells: Iterable[str]) -> None:
        """Two queries at most, however many cells."""
        asked = {_key(cell) for cell in cells} - self.units.keys() - {""}
        if asked:
            self._load_units(asked)
        areas = {unit.code[:6] for units in self.units.values() for unit in units} - self.items.keys()
        if areas:
            self._load_items(areas)

    def _load_units(self, asked: set[str]) -> None:
        for key in asked:
            self.units[key] = []
        for unit in Unit.objects.filter(Q(code__in=asked) | Q(name__in=asked) | Q(short_name__in=asked), active=True):
            for key in {unit.code, unit.name, unit.short_name} & asked:
                self.units[key].append(unit)

    def _load_items(self, areas: set[str]) -> None:
        found: dict[str, list[Item]] = defaultdict(list)
        rows = Item.objects.in_force().filter(field__standard__area__in=areas).select_related("field__standard").defer("raw", "basis")
        for item in rows:
            found[item.field.standard.area].append(item)
        self.items.update({area: found[area] for area in areas})

    def unit(self, cell: str) -> Unit:
        """Raises Unknown. Of several of one name the one that the person may bring in for."""
        named = self.units.get(_key(cell), [])
        own = [unit for unit in named if may_bring_in(self.user, unit)]
        if len(own) == 1:
            return own[0]
        if own:
            raise Unknown(_("叫“{name}”的单位有 {n} 个，请写上 12 位代码。").format(name=quote(cell), n=len(own)))
        if named:
            raise Unknown(_("“{name}”不归您管，不能替它导入。").format(name=quote(cell)))
        raise Unknown(_("没有叫“{name}”的单位。").format(name=quote(cell)) + self._did_you_mean("unit", cell, self._own_names))

    def named(self, cell: str) -> list[Unit]:
        """Every unit that the cell names, whoever keeps it."""
        return self.units.get(_key(cell), [])

    def item(self, cell: str, unit: Unit) -> Item:
        """Raises Unknown: the item must be of the unit's county and tier."""
        of_tier = [item for item in self.items.get(unit.code[:6], []) if unit.tier in item.tiers]
        words = _bare(cell)
        found = [item for item in of_tier if words in (_bare(item.name), _bare(label_of(item)))]
        if len(found) == 1:
            return found[0]
        if found:
            raise Unknown(_("叫“{name}”的事项有 {n} 个，请写成“领域 · 事项”。").format(name=quote(cell), n=len(found)))
        sentence = _("{unit}的公开目录里没有“{name}”。").format(unit=unit, name=quote(cell))
        raise Unknown(sentence + self._did_you_mean(f"{unit.code[:6]} {unit.tier}", cell, lambda: [item.name for item in of_tier]))

    def _own_names(self) -> list[str]:
        if self._names is None:
            self._names = list(units_of(self.user).values_list("short_name", flat=True)) if self.user else []
        return self._names

    def _did_you_mean(self, kind: str, cell: str, names: Any) -> str:
        """For the first few hundred different names of a run: comparing with 13,000 names takes a tenth of a second."""
        key = (kind, _bare(cell)[:80])
        if key not in self._near and len(self._near) < _MOST_GUESSES:
            self._near[key] = get_close_matches(key[1], list(dict.fromkeys(names())), n=3, cutoff=_SIMILAR)
        near = self._near.get(key, [])
        return _("是不是{names}？").format(names="、".join(f"“{name}”" for name in near)) if near else ""


def label_of(item: Item) -> str:
    return f"{item.field.name}{SEPARATOR}{item.name}"


def unit_label(unit: Unit) -> str:
    return f"{unit.short_name}（{unit.code}）"


def _key(cell: str) -> str:
    """The code where there is one: 搜登站村（220204101201）."""
    code = _CODE.search(cell)
    return code[1] if code else "".join(cell.split())[:80]


def _bare(text: str) -> str:
    return re.sub(r"[\s·•・/\-—]+", "", text)
