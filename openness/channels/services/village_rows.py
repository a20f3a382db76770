"""A township's spreadsheet, cut by village: the first column says whose row it is. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.translation import gettext as _

from openness.disclosures.sheets import Cells, guess
from openness.units.models import Unit

_ENDING = re.compile(r"(?:村民委员会|居民委员会|社区居委会|村委会|居委会|委员会)$")
_MOST_SAID = 30


@dataclass
class VillageRows:
    """`columns` as a table of a text has them, the village's own column left out; `rows` by key of the village; `faults` sentences."""

    columns: list[dict[str, str]] = field(default_factory=list)
    caption: str = ""
    rows: dict[int, list[list[str]]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def cut_by_village(cells: Cells, villages: Iterable[Unit], others: Iterable[Unit] = ()) -> VillageRows:
    """`villages` are those that were chosen, `others` the township's remaining ones: a row for one of these is said as such."""
    made = VillageRows()
    table = guess(cells)
    if len(table.columns) < 2:
        made.faults.append(_("表里要有两列以上：第一列写村名，后面是内容。"))
        return made
    made.columns = [{"type": kind.value, "heading": heading} for kind, heading in table.columns[1:]]
    made.caption = table.caption
    known, not_chosen = _by_name(villages), _by_name(others)
    above, whose = len(cells) - len(table.rows), None
    for number, row in enumerate(table.rows, start=above + 1):
        name = _plain(row[0])
        unit = known.get(name) if name else whose  # an empty cell is the village above it: merged cells
        if unit is None:
            made.faults.append(_fault(number, row[0], name, known, not_chosen))
        else:
            made.rows.setdefault(unit.pk, []).append(row[1:])
        whose = unit
    if len(made.faults) > _MOST_SAID:
        made.faults[_MOST_SAID:] = [_("还有 {n} 行也是这样。").format(n=len(made.faults) - _MOST_SAID)]
    return made


def _by_name(units: Iterable[Unit]) -> dict[str, Unit]:
    """By code, name and what people call it; a name that two villages have names neither."""
    found: dict[str, Unit] = {}
    twice: set[str] = set()
    for unit in units:
        for name in {unit.code, _plain(unit.name), _plain(unit.short_name), _plain(unit.short_name).removesuffix("村")}:
            if name in found and found[name].pk != unit.pk:
                twice.add(name)
            found[name] = unit
    return {name: unit for name, unit in found.items() if name not in twice}


def _plain(name: str) -> str:
    return _ENDING.sub("", re.sub(r"\s+", "", name))


def _fault(number: int, said: str, name: str, known: dict[str, Unit], not_chosen: dict[str, Unit]) -> str:
    if not name:
        return _("第 {n} 行没有写村名。").format(n=number)
    if name in not_chosen:
        return _("第 {n} 行“{name}”：这个村没有选。").format(n=number, name=said)
    near = list(dict.fromkeys(known[one].short_name for one in get_close_matches(name, [*known], n=3, cutoff=0.3)))
    if near:
        return _("第 {n} 行“{name}”：没有这个村，是不是{near}？").format(n=number, name=said, near="、".join(near))
    return _("第 {n} 行“{name}”：本镇没有这个村。").format(n=number, name=said)
