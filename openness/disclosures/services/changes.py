"""看改前改后: what a correction changed in the public words, line by line. Pure, but for `correction_of`.

What is concealed and why: docs/adr/0013-what-changed-in-public.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from ..models.receipt import Receipt, Verb
from ..periods import period_label
from ..text import sheet_of
from .texts import own_phones
from .versions import MAKES_PUBLIC, revision_of, shown_words

if TYPE_CHECKING:
    from ..models import Disclosure

Line = tuple[str, str]  # what it is of, its words
Piece = tuple[bool, str]  # whether it changed, the words
_ABOUT_PRIVACY = re.compile("遮|隐私|个人信息|身份证|手机号|银行卡|脱敏|隐去")
_STARS = re.compile("[*＊×✱○某]")
_FIGURES = re.compile(r"[\d.,，．\s%元￥年月日户人亩－-]*")
_LONG = 2_000  # signs; in longer lines single changes are not marked
ROSTER = "roster"


@dataclass(frozen=True)
class Change:
    """One line before and after; empty where it is new or gone. `concealed`: the line before is not shown again."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    concealed: bool = False


@dataclass(frozen=True)
class Correction:
    """`why_not` is one sentence where nothing can be compared."""

    receipt: Receipt
    earlier: Receipt | None
    changes: tuple[Change, ...] = ()
    why_not: str = ""


def correction_of(found: "Disclosure", receipt: Receipt) -> Correction:
    """What this correction changed. Four queries, and one for the titles of files.

    `found` is public now, with `unit` loaded.
    """
    before = found.receipts.filter(seq__lt=receipt.seq).order_by("-seq").first()
    if before is not None and before.verb not in MAKES_PUBLIC:
        return Correction(receipt, before, why_not=_("改前的那一版已经撤下，不再显示。"))
    if _ABOUT_PRIVACY.search(receipt.note):
        return Correction(receipt, before, why_not=_("这次更正是为了保护个人信息，改前的内容不再显示。"))
    versions = [revision_of(one) for one in (before, receipt) if one is not None]
    if len(versions) < 2 or None in versions:
        return Correction(receipt, before, why_not=_("改前的那一版没有存下来，只有更正说明和指纹。"))
    old, new = (list(lines_of(found, revision.content)) for revision in versions)
    return Correction(receipt, before, tuple(compare(old, new, careful=found.category == ROSTER)))


def lines_of(found: "Disclosure", content: dict[str, Any]) -> Iterator[Line]:
    """The words of a version as residents may see them."""
    words = shown_words(content, own_phones(found))
    yield _("标题"), words["title"]
    yield _("一句话看懂"), words["summary"]
    yield _("期次"), period_label(content.get("period") or "")
    yield _("文号"), content.get("document_number") or ""
    yield _("形成日期"), _day(content.get("formed_on"))
    yield _("公示期"), "–".join(filter(None, (_day(content.get("notice_from")), _day(content.get("notice_until")))))
    stream: Any = type(found)._meta.get_field("body")
    for block in stream.to_python(words["body"]):
        yield from _block_lines(block)


def _day(said: Any) -> str:
    day = parse_date(str(said or ""))
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _block_lines(block: Any) -> Iterator[Line]:
    kind, value = block.block_type, block.value
    if kind == "element":
        yield value["name"] or "", value.said
    elif kind == "text":
        from ..html import plain_text

        yield from ((_("文字"), line) for line in plain_text(value.source).split("\n") if line.strip())
    elif kind == "photo":
        yield _("照片"), value["caption"] or ""
    elif kind == "file":
        yield _("附件"), value.title if value else _("（文件已经不在）")
    else:
        yield from _table_lines(value)


def _table_lines(value: Any) -> Iterator[Line]:
    name = getattr(value, "caption", None) if hasattr(value, "row_data") else value["caption"]
    yield _("表名"), name or ""
    if "income" in value if hasattr(value, "keys") else False:
        for side, label in (("income", _("收入")), ("expense", _("支出"))):
            yield from ((label, _row((one["subject"], one["day"], one["amount"], one["note"]))) for one in value[side])
    else:
        headings, rows = sheet_of(value)
        yield _("表头"), _row(headings)
        yield from ((_("表里的一行"), _row(row)) for row in rows)
    for key, label in (("opening", _("期初")), ("closing", _("期末")), ("total", _("合计"))):
        if hasattr(value, "keys") and value.get(key) is not None:
            yield label, f"{value[key]:,.2f}"


def _row(cells: Iterable[Any]) -> str:
    return " ｜ ".join("" if cell is None else str(cell) for cell in cells)


def compare(old: Sequence[Line], new: Sequence[Line], *, careful: bool) -> Iterator[Change]:
    """`careful`: of lists of persons, where a line that is gone or speaks of somebody else is not shown again."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for before, after in zip_longest(old[a:b], new[c:d], fillvalue=("", "")):
                if change := _change(before, after, careful):
                    yield change


def _change(before: Line, after: Line, careful: bool) -> Change | None:
    label, old, new = after[0] or before[0], before[1], after[1]
    if before[0] and after[0] and before[0] != after[0]:
        label = f"{before[0]} → {after[0]}"
    if not old and not new:
        return None
    pieces = _pieces(old, new)
    if old and _is_private(old, new, [words for changed, words in pieces[0] if changed], careful):
        return Change(label, (), pieces[1], concealed=True)
    return Change(label, *pieces)


def _is_private(old: str, new: str, gone: Sequence[str], careful: bool) -> bool:
    """Masked by hand since, or about a person who is no longer in the list."""
    if new and len(_STARS.findall(new)) > len(_STARS.findall(old)):
        return True
    return careful and not all(_FIGURES.fullmatch(words) for words in gone)


def _pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Each line cut into what stayed and what changed."""
    if not old or not new or len(old) + len(new) > _LONG:
        return (((True, old),) if old else ()), (((True, new),) if new else ())
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    left = tuple((tag != "equal", old[a:b]) for tag, a, b, _c, _d in codes if a < b)
    right = tuple((tag != "equal", new[c:d]) for tag, _a, _b, c, d in codes if c < d)
    return left, right


def corrections(receipts: Iterable[Receipt]) -> list[Receipt]:
    return [one for one in receipts if one.verb == Verb.CORRECT]
