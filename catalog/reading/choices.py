"""Audience, method and tiers: tick columns, words, or small lists of boxes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .layout import Column
from .marks import CHOSEN, NOT_CHOSEN, TICKS, tick
from .words import normalise

Understand = Callable[[str], tuple[str, ...] | None]

_TIERS: tuple[tuple[str, str], ...] = (
    (r"国家级?", "国家级"),
    (r"(?:省|自治区)级?", "省级"),
    (r"(?:州|盟|地市|地|市)级?", "市级"),
    (r"(?:县级市|县市区|市县区|县区|区县|县|区|旗)级?", "县级"),
    (r"(?:乡镇\(街道\)|镇\(街道\)|乡\(镇\)|乡镇街道?|镇街道?|乡街|乡镇|乡|镇|街道|街)级?", "乡级"),
    (r"(?:村\(社区\)|村\(居\)|村居|村社区?|村组|社区|居委会?|居|村)级?", "村级"),
)  # fmt: skip
_ORDER = ("国家级", "省级", "市级", "县级", "乡级", "村级")
_ALL_TIERS = re.compile("|".join(f"(?P<t{index}>{pattern})" for index, (pattern, _name) in enumerate(_TIERS)))
_METHODS = (("主动公开", r"主动(?:公开)?"), ("依申请公开", r"依?申请(?:公开)?"))
_EVERYONE = re.compile(r"(?:面向|向)?(?:全社会|社会公众|公众|社会)(?:公开)?")
_SPECIFIC = re.compile(r"(?:面向|向)?特定(?:群体|群众|对象|人群|人员)")


@dataclass(frozen=True)
class Choice:
    """What was chosen, and the sentences about what a person must decide."""

    values: tuple[str, ...]
    problems: tuple[str, ...] = ()


def read_choice(columns: Sequence[Column], cells: Mapping[str, str], kind: str, understand: Understand) -> Choice:
    """Gather the choice of one kind (audience, method, tier) from all its columns, in their order."""
    values: list[str] = []
    problems: list[str] = []
    for column in columns:
        if column.means.split(":")[0] != kind:
            continue
        text = cells.get(column.key, "").strip()
        found = _ticked(column, text, understand) if ":" in column.means else _worded(text, understand)
        values.extend(found or ())
        if found is None:
            problems.append(_("“{column}”里写的“{text}”看不懂。").format(column=column.title, text=text[:40]))
    return Choice(tuple(dict.fromkeys(values)), tuple(problems))


def _ticked(column: Column, text: str, understand: Understand) -> tuple[str, ...] | None:
    """A tick chooses the column's own words; words instead of a tick are taken as they are if the kind allows any."""
    chosen = tick(text)
    if chosen is not None:
        return _own(column, understand) if chosen else ()
    if text[0] in TICKS | CHOSEN:
        words = text[1:].strip("()（） ")
        return understand(words) or _own(column, understand) if column.means.startswith("audience") else None
    return understand(text) if re.search(r"[\u4e00-\u9fff]", text) else None


def _own(column: Column, understand: Understand) -> tuple[str, ...] | None:
    return understand(column.means.split(":", 1)[1])


def _worded(text: str, understand: Understand) -> tuple[str, ...] | None:
    if not text or tick(text) is False:
        return ()
    if any(char in CHOSEN or char in NOT_CHOSEN for char in text):
        return _boxed(text, understand)
    return understand(text)


def _boxed(text: str, understand: Understand) -> tuple[str, ...] | None:
    """■全社会 □特定群体: every box before its words; none chosen is not understood."""
    parts = re.split("([" + re.escape("".join(CHOSEN | NOT_CHOSEN)) + "])", text)
    if parts[0].strip():
        return None
    chosen = [words.strip(" 、,，;；\n\t") for mark, words in zip(parts[1::2], parts[2::2], strict=True) if mark in CHOSEN]
    found = [understand(words) for words in chosen]
    if not found or any(not values for values in found):
        return None
    return tuple(value for values in found for value in values or ())


def tiers_of(text: str) -> tuple[str, ...] | None:
    """Tiers named in words (乡、村级 is both), from the highest down; None when any word is left over."""
    plain = normalise(text)
    found = [_TIERS[int((match.lastgroup or "t0")[1:])][1] for match in _ALL_TIERS.finditer(plain)]
    rest = re.sub(r"[/、,;和及与()级各·]|以下|政府|人民", "", _ALL_TIERS.sub("", plain))
    if rest or not found:
        return None
    return tuple(tier for tier in _ORDER if tier in found)


def methods_of(text: str) -> tuple[str, ...] | None:
    """主动公开, 依申请公开 or both; None for other words, such as 全文发布."""
    parts = [part for part in re.split(r"[/、,;和及与或]", normalise(text)) if part]
    found = [next((name for name, pattern in _METHODS if re.fullmatch(pattern, part)), "") for part in parts]
    return tuple(found) if found and all(found) else None


def audience_of(text: str) -> tuple[str, ...] | None:
    """全社会, 特定群体, or the words as written."""
    parts = re.split(r"[/、,，;；\n]", text.strip())
    known = [_known_audience(part) for part in parts]
    return tuple(known) if known and all(known) else ((text.strip(),) if text.strip() else ())


def _known_audience(text: str) -> str:
    plain = normalise(text)
    if _EVERYONE.fullmatch(plain):
        return "全社会"
    return "特定群体" if _SPECIFIC.fullmatch(plain) else ""
