"""Parsing the cells of an item into a row, and naming what a person must decide."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..limits import Limit, parse_limit
from .blocks import Block
from .channels import canonical, read_channels
from .choices import Choice, audience_of, methods_of, read_choice, tiers_of
from .fields import field_of_words
from .items import Draft
from .layout import Column, positions
from .marks import tick
from .results import Row

_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")


@dataclass(frozen=True)
class Shape:
    """Which columns of a layout name the item, in order of level, and which one the field."""

    levels: tuple[str, ...]
    field: str


def shape_of(layout: Sequence[Column]) -> Shape:
    """类别 is the field where the table has two levels of items, and the first level where it has one."""
    means = {column.means: column.key for column in layout}
    levels = [means[key] for key in ("level1", "level2", "level3") if key in means]
    if "item" in means:
        levels = [*levels, means["item"]] if "level1" in means else [means["item"], *levels]
    field = means.get("field", "")
    if "category" in means and len(levels) == 1:
        levels.insert(0, means["category"])
    elif "category" in means and not field:
        field = means["category"]
    return Shape(tuple(levels[:3]), field)


def row_of(draft: Draft, block: Block, shape: Shape) -> Row:
    """The item as a row: nothing that is doubtful is filled in, it becomes a problem instead."""
    cells, layout = draft.cells, block.layout
    field, levels, subsection = _names(draft, block, shape)
    channels, channel_problems = _channels(layout, cells)
    audience, method, tiers = _choices(layout, cells)
    limit = parse_limit(cells.get("time_limit", ""))
    problems = [
        *draft.problems, *_missing(field, levels), *_unread_limit(cells, limit), *channel_problems,
        *audience.problems, *method.problems, *tiers.problems, *_broken(layout, draft.raw),
    ]  # fmt: skip
    return Row(
        sheet=block.sheet, number=draft.number, seq=cells.get("seq", ""), field=field,
        level1=levels[0], level2=levels[1], level3=levels[2],
        elements=cells.get("elements", ""), basis=cells.get("basis", ""), time_limit=cells.get("time_limit", ""),
        publisher=cells.get("publisher", ""), raw=_raw(draft), channels=channels, audience=audience.values,
        method=method.values, tiers=tiers.values, limit=limit, extra=_extra(layout, cells, subsection), problems=tuple(problems),
    )  # fmt: skip


def _names(draft: Draft, block: Block, shape: Shape) -> tuple[str, list[str], str]:
    """Field, three level names, and a heading that is neither. A section names the field, or the first level of a list
    whose title has already said what the field is.
    """
    levels = [draft.cells.get(key, "") for key in shape.levels]
    field = field_of_words(draft.cells.get(shape.field, ""))
    words = field_of_words(draft.section)
    heading = draft.subsection
    if words and not field and (not block.field or _names_a_field(draft.section)):
        field = words
    elif words and not field and len(levels) == 1 and words != block.field:
        levels.insert(0, words)
    elif words and words not in (field, block.field):
        heading = "；".join(part for part in (draft.section, heading) if part)
    return field or block.field, [*levels, "", "", ""][:3], heading


def _names_a_field(section: str) -> bool:
    from .fields import KNOWN_FIELDS

    return "领域" in section or field_of_words(section) in KNOWN_FIELDS


def _raw(draft: Draft) -> dict[str, str]:
    headings = {"section": draft.section, "subsection": draft.subsection}
    return {**draft.raw, **{key: text for key, text in headings.items() if text}}


def _extra(layout: Sequence[Column], cells: Mapping[str, str], heading: str) -> dict[str, str]:
    extra = {column.key.removeprefix("extra:"): cells[column.key] for column in layout if column.means == "extra"}
    if heading:
        extra[_("小节")] = heading
    return {title: text for title, text in extra.items() if title or text}


def _channels(layout: Sequence[Column], cells: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names: list[str] = []
    problems: list[str] = []
    for index in positions(layout, "channels"):
        column, text = layout[index], cells[layout[index].key]
        if ":" not in column.means:
            found, doubts = read_channels(text)
            names.extend(found)
            problems.extend(doubts)
            continue
        chosen, name = tick(text), column.means.split(":", 1)[1]
        names.extend([canonical(name) or name] if chosen else [])
        if chosen is None:
            problems.append(_("“{column}”里写的“{text}”看不懂。").format(column=column.title, text=text[:40]))
    return tuple(dict.fromkeys(names)), tuple(problems)


def _choices(layout: Sequence[Column], cells: Mapping[str, str]) -> tuple[Choice, Choice, Choice]:
    method = read_choice(layout, cells, "method", methods_of)
    if (
        method.values
        and len(positions(layout, "method")) > 1
        and all(":" not in column.means for column in layout if column.means == "method")
    ):
        # 公开方式 may say how (全文发布) while 公开属性 says which: one of the two being understood is enough.
        method = Choice(method.values)
    return read_choice(layout, cells, "audience", audience_of), method, read_choice(layout, cells, "tier", tiers_of)


def _missing(field: str, levels: Sequence[str]) -> list[str]:
    problems = []
    if not levels[0]:
        problems.append(_("没有写公开事项的名称。"))
    if not field:
        problems.append(_("看不出属于哪个领域。"))
    return problems


def _unread_limit(cells: Mapping[str, str], limit: Limit | None) -> list[str]:
    text = cells.get("time_limit", "")
    return [_("期限“{text}”看不懂，要人来定。").format(text=text[:60])] if text and limit is None else []


def _broken(layout: Sequence[Column], raw: Mapping[str, str]) -> list[str]:
    problems = []
    for column in layout:
        text = raw.get(column.key, "").strip()
        if len(text) > 1 and text.startswith("="):
            problems.append(_("“{column}”是公式，没有算好的结果。").format(column=column.title))
        elif _ERRORS.fullmatch(text):
            problems.append(_("“{column}”是算错的公式（{text}）。").format(column=column.title, text=text))
        elif "\ufffd" in text:
            problems.append(_("“{column}”里有乱码。").format(column=column.title))
    return problems
