"""A sheet as contents: columns by their names, every row that cannot be taken with a sentence and its number. Writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from openness.imports.reading import Format, open_sheet
from openness.imports.reading.sheet import Row
from openness.units.refusal import Refused

from ..columns import COLUMNS, LABELS, known_names, mapped
from ..models import Kind, Matter
from ..rules.content import Content

MOST_ENTRIES = 5_000
MOST_FAULTS = 50
_SAME = frozenset({"同上", "〃", "″"})
_FORMATS = frozenset({Format.XLSX, Format.CSV})
_GUARD = "'"
_MATTERS = {str(label): value for value, label in Matter.choices} | {
    "许可": "licence", "处罚": "penalty", "强制": "coercion", "征收": "levy", "给付": "benefit", "检查": "inspection",
    "确认": "confirmation", "奖励": "reward", "裁决": "ruling", "其他": "other", "其他类": "other", "其他职权": "other", "其他权力": "other",
    "行政其他": "other", "其他行政职权": "other",
}  # fmt: skip


@dataclass
class Read:
    """`faults` are sentences with row numbers: with any, nothing may be taken. `said` only wants to be read."""

    entries: list[Content] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)


def read_list(path: Path, kind: Kind) -> Read:
    """Everything of the file. Raises Refused where it is no table at all, or lacks a column."""
    with open_sheet(path, known_names(), _FORMATS) as sheet:
        places, unread = mapped(sheet.head)
        _complete(places, kind)
        made = Read(columns=[str(LABELS[name]) for name in places])
        for number, entry, faults in _rows(sheet.rows, places, kind):
            made.faults += [_("第 {n} 行：{sentence}").format(n=number, sentence=one) for one in faults]
            made.entries.append(entry)
            if len(made.entries) > MOST_ENTRIES:
                raise Refused(_("一份清单最多 {n} 项。").format(n=MOST_ENTRIES))
        made.said = list(sheet.said)
    if not made.entries:
        raise Refused(_("表头下面没有一行内容。"))
    if unread:
        made.said.append(_("这几列没有用到：{names}。").format(names="、".join(unread)))
    return made


def _complete(places: dict[str, int], kind: Kind) -> None:
    needed = [column for column in COLUMNS if column.required or (column.name == "matter" and kind == Kind.POWERS)]
    lacking = [str(column.label) for column in needed if column.name not in places]
    if lacking:
        raise Refused(_("表格里没有找到这几列：{names}。列名写在第一行，可以用下载的表格填。").format(names="、".join(lacking)))


def _rows(rows: Iterator[Row], places: dict[str, int], kind: Kind) -> Iterator[tuple[int, Content, list[str]]]:
    """A cell that was merged over several rows stands in the first of them only."""
    seen: dict[str, int] = {}
    above: dict[str, str] = {}
    for number, cells in rows:
        values = {name: _plain(cells[place]) for name, place in places.items()}
        for name in ("matter", "body"):
            if not values.get(name) or values[name] in _SAME:
                values[name] = above.get(name, "")
            above[name] = values[name]
        entry, faults = _entry(values, above, kind)
        first = seen.setdefault(entry.key, number)
        if first != number and entry.name:
            faults.append(_("“{name}”和第 {first} 行是同一个编码或者名称。").format(name=entry.name, first=first))
        yield number, entry, faults


def _entry(values: dict[str, str], above: dict[str, str], kind: Kind) -> tuple[Content, list[str]]:
    words = values.get("matter", "") or (str(Matter.LICENCE.label) if kind == Kind.LICENCES else "")
    values = {name: (above.get(name, "") if value in _SAME else value) for name, value in values.items()}
    above.update(values)
    matter = _MATTERS.get(words, "")
    return Content.from_dict({**values, "matter": matter}), faults_of({**values, "matter": matter}, words)


def faults_of(values: dict[str, str], matter: str) -> list[str]:
    """What is wrong with one entry; `matter` is its kind as written. The form asks the same."""
    faults = [
        _("没有写{column}。").format(column=column.label)
        for column in COLUMNS
        if column.required and not values.get(column.name, "").strip()
    ]
    if not values["matter"]:
        known = "、".join(str(label) for label in Matter.labels)
        faults.append(
            _("类型“{word}”不认识，要写：{known}。").format(word=matter, known=known)
            if matter
            else _("没有写类型，要写：{known}。").format(known=known)
        )
    for column in COLUMNS:
        if (length := len(values.get(column.name, ""))) > column.most:
            faults.append(_("{column}有 {length} 个字，最多 {most} 个。").format(column=column.label, length=length, most=column.most))
    return faults


def _plain(cell: str) -> str:
    """Our own export marks what Excel would take for a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == _GUARD and text[1:2] in ("=", "+", "-", "@") else text


def shown(faults: Sequence[str]) -> list[str]:
    """The first of them, and how many more."""
    more = len(faults) - MOST_FAULTS
    return [*faults[:MOST_FAULTS], *([_("还有 {n} 处。").format(n=more)] if more > 0 else [])]
