"""Import of the official division list: idempotent, and it says what it added, renamed, moved and put out of use."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Unit
from ..names import LEVELS, Level, clean_name, kind_of, short_name
from ..signals import units_changed

_COLUMNS = {"code", "level", "name", "parent_code"}
_CODE_LENGTH = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}


class DivisionsRefused(Exception):
    """The list cannot be trusted; nothing was changed. The message is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Division:
    """One line of the list, checked and cleaned."""

    code: str
    level: Level
    name: str
    parent_code: str


@dataclass
class DivisionReport:
    """What an import did, as lines of (code, words)."""

    added: list[tuple[str, str]] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)
    restored: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.added or self.renamed or self.moved or self.removed or self.restored)


def read_divisions(path: Path) -> list[Division]:
    """Read a CSV with the columns code, level, name, parent_code.

    Raises:
        DivisionsRefused: with the line and what is wrong with it.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not set(reader.fieldnames or ()) >= _COLUMNS:
                raise DivisionsRefused(_("区划表要有这四列：code、level、name、parent_code。"))
            divisions = [_checked(row, reader.line_num) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DivisionsRefused(_("区划表打不开：请用 UTF-8 编码的 CSV 文件。（{error}）").format(error=error)) from error
    _check_tree(divisions)
    return sorted(divisions, key=lambda division: (division.level, division.code))


def _checked(row: dict[str, str], line: int) -> Division:
    code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
    level = LEVELS.get((row["level"] or "").strip())
    if level is None:
        raise DivisionsRefused(_("第 {line} 行的层级“{level}”不认识。").format(line=line, level=row["level"]))
    if not code.isdecimal() or len(code) != _CODE_LENGTH[level]:
        raise DivisionsRefused(
            _("第 {line} 行的代码“{code}”不对：{level}代码是 {n} 位数字。").format(
                line=line, code=code, level=level.label, n=_CODE_LENGTH[level]
            )
        )
    if not name:
        raise DivisionsRefused(_("第 {line} 行没有名称。").format(line=line))
    return Division(code, level, clean_name(name), (row["parent_code"] or "").strip())


def _check_tree(divisions: list[Division]) -> None:
    levels: dict[str, Level] = {}
    for division in divisions:
        if division.code in levels:
            raise DivisionsRefused(_("代码 {code} 出现了两次。").format(code=division.code))
        levels[division.code] = division.level
    for division in divisions:
        if division.level is not Level.PROVINCE and levels.get(division.parent_code) != division.level - 1:
            raise DivisionsRefused(
                _("{name}（{code}）的上级代码“{parent}”不在表里，或者层级不对。").format(
                    name=division.name, code=division.code, parent=division.parent_code
                )
            )


@transaction.atomic
def import_divisions(divisions: list[Division]) -> DivisionReport:
    """Bring the tree in line with the list. A county in the list is taken as complete: what it lacks goes out of use."""
    report = DivisionReport()
    known = {unit.code: unit for unit in Unit.objects.all()}
    _add_new(divisions, known, report)
    changed = _update_known(divisions, known, report)
    changed += _retire_missing(divisions, known, report)
    if changed or report.added:
        units_changed.send(sender=Unit, paths=[unit.path for unit in changed])
    return report


def _add_new(divisions: list[Division], known: dict[str, Unit], report: DivisionReport) -> None:
    last = _LastChild(known.values())
    for level in Level:
        fresh = [_new_unit(d, known, last) for d in divisions if d.level == level and d.code not in known]
        Unit.objects.bulk_create(fresh, batch_size=1000)
        known.update((unit.code, unit) for unit in fresh)
        report.added += [(unit.code, unit.name) for unit in fresh]
    last.save_numbers_of_children()


def _new_unit(division: Division, known: dict[str, Unit], last: "_LastChild") -> Unit:
    parent = known.get(division.parent_code)
    unit = Unit(code=division.code, path=last.next_path(parent), depth=(parent.depth if parent else 0) + 1)
    _apply(unit, division)
    return unit


def _apply(unit: Unit, division: Division) -> None:
    unit.level, unit.name, unit.short_name = division.level, division.name, short_name(division.name)
    unit.kind = kind_of(division.level, division.code, division.name)


class _LastChild:
    """Hands out treebeard paths below each parent, so that twelve thousand units need a handful of statements."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.last: dict[str, int] = {}
        self.grown: set[str] = set()
        for unit in units:
            self.last[unit.path[: -Unit.steplen]] = max(self.last.get(unit.path[: -Unit.steplen], 0), self._number(unit.path))

    @staticmethod
    def _number(path: str) -> int:
        return int(path[-Unit.steplen :], len(Unit.alphabet))

    def next_path(self, parent: Unit | None) -> str:
        above = parent.path if parent else ""
        self.last[above] = self.last.get(above, 0) + 1
        self.grown.add(above)
        path: str = Unit._get_path(above, (parent.depth if parent else 0) + 1, self.last[above])
        return path

    def save_numbers_of_children(self) -> None:
        parents = list(Unit.objects.filter(path__in=self.grown)) if len(self.grown) < 500 else list(Unit.objects.all())
        counts: dict[str, int] = {}
        for path in Unit.objects.values_list("path", flat=True):
            counts[path[: -Unit.steplen]] = counts.get(path[: -Unit.steplen], 0) + 1
        for unit in parents:
            unit.numchild = counts.get(unit.path, 0)
        Unit.objects.bulk_update(parents, ["numchild"], batch_size=500)


def _update_known(divisions: list[Division], known: dict[str, Unit], report: DivisionReport) -> list[Unit]:
    added = {code for code, _name in report.added}
    changed = [unit for d in divisions if d.code not in added and (unit := _update_one(d, known, report))]
    Unit.objects.bulk_update(changed, ["name", "short_name", "kind", "level", "active"], batch_size=500)
    return changed


def _update_one(division: Division, known: dict[str, Unit], report: DivisionReport) -> Unit | None:
    unit = known[division.code]
    touched = _move(unit, division, known, report)
    if unit.name != division.name:
        report.renamed.append((unit.code, f"{unit.name} → {division.name}"))
        touched = True
    if not unit.active:
        report.restored.append((unit.code, division.name))
        unit.active = touched = True
    if not touched:
        report.unchanged += 1
        return None
    _apply(unit, division)
    return unit


def _move(unit: Unit, division: Division, known: dict[str, Unit], report: DivisionReport) -> bool:
    parent = known.get(division.parent_code)
    if parent is None or unit.path[: -Unit.steplen] == parent.path:
        return False
    report.moved.append((unit.code, f"{unit.name} → {parent.name}"))
    unit.move(parent, pos="last-child")
    for code, moved in ((u.code, u) for u in Unit.objects.all()):
        known[code].path, known[code].depth = moved.path, moved.depth
    return True


def _retire_missing(divisions: list[Division], known: dict[str, Unit], report: DivisionReport) -> list[Unit]:
    listed = {division.code for division in divisions}
    counties = [known[d.code].path for d in divisions if d.level is Level.COUNTY]
    retired = [unit for unit in _below(known.values(), counties) if unit.code not in listed and unit.active]
    for unit in retired:
        unit.active = False
    Unit.objects.bulk_update(retired, ["active"], batch_size=500)
    report.removed += [(unit.code, unit.name) for unit in retired]
    return retired


def _below(units: Iterable[Unit], paths: list[str]) -> Iterator[Unit]:
    wanted = set(paths)
    length = Unit.steplen * Level.COUNTY
    return (unit for unit in units if len(unit.path) > length and unit.path[:length] in wanted)
