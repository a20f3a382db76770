"""The channels of a cell (公开渠道和载体): a list of boxes, or a plain list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from .marks import CHOSEN, CROSSED, DAMAGED, EMPTY_BOXES, LOST, NOT_CHOSEN, TICKS, is_damaged_mark

STANDARD = (
    "政府网站", "政府公报", "两微一端", "发布会/听证会", "广播电视", "纸质媒体", "公开查阅点", "政务服务中心", "便民服务站", "入户/现场",
    "社区/企事业单位/村公示栏(电子屏)", "精准推送", "其他",
)  # fmt: skip
ADDED = (
    "投资项目在线审批监管平台", "公共资源交易平台", "招投标公共服务平台", "信用中国网站", "征地信息公开平台", "法律服务网", "基层公共服务平台",
    "12345政务服务热线", "会议", "村务公开栏", "组员微信群", "村应急广播", "“明白纸”", "明白纸", "电子触摸屏", "“社区云”小程序", "行政服务中心",
    "政府服务中心", "社区/村公示栏(电子屏)", "村/社区公开栏(电子屏)", "单位/村委会公示栏(电子屏)", "镇村公示公开栏", "村公示栏(电子屏)", "公示栏",
    "公开栏", "居务公开栏", "便民服务中心", "乡镇便民服务中心", "政务服务网", "部门网站", "微信公众号", "其他法律服务网", "其他基层公共服务平台",
)  # fmt: skip
_WIDTH = str.maketrans("（）／：", "()/:")
_NAMES = tuple(sorted({*STANDARD, *ADDED}, key=len, reverse=True))
_LOOKS_LIKE_CHANNEL = re.compile(
    r"(?:网|网站|公报|中心|栏|屏|站|台|平台|群|号|广播|媒体|电视|会|公告|微信|微博|一端|报|报纸|报刊|APP|客户端|窗口|热线|电话|点|橱窗|专区|大厅|"
    r"手册|明白纸|纸|现场|短信|小程序|推送|墙|板|馆|室|信箱|邮箱|抖音|快手|其他|公开)(?:[(（][^()（）]*[)）])?$",
    re.IGNORECASE,
)  # fmt: skip
_SEPARATORS = "、,，;；|\n"
_SPACE = " \t\u3000\xa0"
_REMARK = re.compile(r"[(（]其[余他][^()（）]*[□■][)）]")
_TICK_IN_BRACKETS = re.compile(r"[(（\[【〔][ \t\u3000]*([√✓✔■])[ \t\u3000]*[)）\]】〕]")
_EMPTY_BRACKETS = re.compile(r"[(（\[【〔][ \t\u3000]*[)）\]】〕](?=\s*[\u4e00-\u9fff“])")
_NUMBERED = re.compile(r"(?:^|(?<=[^\d(（]))(?:\d{1,2}[.．、)）]|[①-⑳])\s*(?=[^\d])")


@dataclass
class _Piece:
    """A mark (None: none was seen) and the name after it."""

    chosen: bool | None
    mark: str
    name: str = ""


@dataclass
class _Scan:
    pieces: list[_Piece] = field(default_factory=lambda: [_Piece(None, "")])

    def mark(self, chosen: bool, mark: str) -> None:
        last = self.pieces[-1]
        if last.mark in EMPTY_BOXES and mark in TICKS and not last.name.strip():
            last.chosen, last.mark = True, mark
        else:
            self.pieces.append(_Piece(chosen, mark))

    def add(self, text: str) -> None:
        self.pieces[-1].name += text


def read_channels(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Channels chosen in a cell, and the sentences about what a person must decide (then there are no channels)."""
    text = _REMARK.sub("", text.replace("\ufe0f", "")).strip()
    if _TICK_IN_BRACKETS.search(text) or _EMPTY_BRACKETS.match(text):
        text = _TICK_IN_BRACKETS.sub("√", _EMPTY_BRACKETS.sub("□", text))
    if not text:
        return (), ()
    if _lost_marks(text):
        return (), (_("公开渠道的选择标记丢失了，看不出选了哪些。"),)
    scan = _scan(text, _has_sure_mark(text))
    if len(scan.pieces) == 1:
        return tuple(dict.fromkeys(_plain(text))), ()
    return _boxes(scan.pieces)


def _lost_marks(text: str) -> bool:
    return any(char in LOST and bool(known_at(text, index + 1)) for index, char in enumerate(text))


def known_at(text: str, at: int) -> str:
    """The known channel name that begins here, as it is written here, or ""."""
    folded = text.translate(_WIDTH)
    for name in _NAMES:
        if folded.startswith(name, at):
            return text[at : at + len(name)]
    return ""


def _has_sure_mark(text: str) -> bool:
    """A real box, a lost one before a known name, or every line beginning with a lost one."""
    if any(char in CHOSEN or char in NOT_CHOSEN for char in text):
        return True
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if all(line[0] in DAMAGED and is_damaged_mark(line, 0) and _then_chinese(line, 1) for line in lines):
        return len(lines) > 1 or lines[0][0] != "口" or bool(known_at(lines[0], 1))
    return any(_is_lost_before_name(line, index) for line in lines for index in _starts(line))


def _starts(line: str) -> Iterator[int]:
    yield 0
    yield from (index + 1 for index, char in enumerate(line[:-1]) if char in _SPACE or char in _SEPARATORS)


def _is_lost_before_name(text: str, at: int) -> bool:
    return at < len(text) and is_damaged_mark(text, at) and bool(known_at(text, _after_space(text, at + 1)))


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _then_chinese(text: str, at: int) -> bool:
    at = _after_space(text, at)
    return at < len(text) and ("\u4e00" <= text[at] <= "\u9fff" or text[at] in '“"' or text[at].isdigit())


def _scan(text: str, sure: bool) -> _Scan:
    """Cut at marks. A lost mark counts only where a name can begin: at a start, or right after a known name."""
    scan, at, start = _Scan(), 0, True
    while at < len(text):
        char = text[at]
        name = known_at(text, at) if start else ""
        if char in CHOSEN or char in NOT_CHOSEN:
            scan.mark(char in CHOSEN, char)
            at, start = at + 1, True
        elif start and is_damaged_mark(text, at) and (_is_lost_before_name(text, at) or (sure and _then_chinese(text, at + 1))):
            scan.mark(DAMAGED[char], char)
            at, start = at + 1, True
        else:
            scan.add(name or char)
            at, start = at + len(name or char), bool(name) or char in _SPACE or char in _SEPARATORS
    return scan


def _boxes(pieces: list[_Piece]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pieces = _marks_first(pieces)
    problem = _doubt(pieces)
    if problem:
        return (), (problem,)
    chosen = [name for piece in pieces if piece.chosen for name in _box_names(piece.name)]
    if not chosen:
        return (), (_("公开渠道的方框一个也没有选中。"),)
    return tuple(dict.fromkeys(chosen)), ()


def _marks_first(pieces: list[_Piece]) -> list[_Piece]:
    """Some lists put the mark after the name: 政府网站■ 政府公报□."""
    if pieces[0].name.strip() and not pieces[-1].name.strip() and len(pieces) > 1:
        return [_Piece(after.chosen, after.mark, before.name) for before, after in pairwise(pieces)]
    return pieces[1:] if not pieces[0].name.strip(_SPACE + _SEPARATORS) else pieces


def _doubt(pieces: list[_Piece]) -> str:
    marks = {piece.mark for piece in pieces}
    if any(piece.chosen is None for piece in pieces):
        return _("公开渠道里有的名称前面没有方框，看不出选没选。")
    if marks & CROSSED and marks & (CHOSEN - CROSSED):
        return _("公开渠道里打勾和打叉都有，看不出哪些是选中的。")
    if any(piece.chosen and not piece.name.strip(_SPACE + _SEPARATORS) for piece in pieces):
        return _("公开渠道里有选中的方框没有写名称。")
    if any(_two_names(piece.name) for piece in pieces):
        return _("公开渠道里有的名称前面没有方框，看不出选没选。")
    return ""


def _two_names(name: str) -> bool:
    """Known names one after another under one mark: the second may have lost its own."""
    parts = name.split()
    if len(parts) < 2 or canonical("".join(parts)):
        return False
    return all(canonical(part.strip(_SEPARATORS)) for part in parts)


def _box_names(name: str) -> list[str]:
    whole = _clean(name)
    parts = [part for part in _cut(whole, "、,，;；") if part]
    if len(parts) > 1 and all(canonical(part) for part in parts):
        return [canonical(part) for part in parts]
    return [canonical(whole) or whole]


def _clean(name: str) -> str:
    """A name as it stands, without line wraps, fill-in underscores and the list's own separators."""
    joined = re.sub(r"(?<=[^\x00-\x7f])[ \t\u3000\xa0]*\n[ \t\u3000\xa0]*|\n", "", name.strip())
    return re.sub(r"[_＿]{2,}|:\s*$|：\s*$", "", joined).strip(_SPACE + _SEPARATORS + "。.…")


def canonical(name: str) -> str:
    """The known name in its standard spelling (half-width brackets), or ""."""
    folded = re.sub(r"\s+", "", name).translate(_WIDTH)
    return folded if folded in _NAMES else ""


def _plain(text: str) -> Iterator[str]:
    if _NUMBERED.match(text):
        text = _NUMBERED.sub("\n", text)
    for part in _cut(text, _SEPARATORS):
        for name in _spaced(part):
            yield from _slashed(_clean(name))


def _cut(text: str, separators: str) -> Iterator[str]:
    """Cut at separators outside brackets and quotes."""
    depth, begin = 0, 0
    for index, char in enumerate(text):
        depth += (char in "(（“《[【") - (char in ")）”》]】")
        if char in separators and depth <= 0:
            yield text[begin:index]
            begin = index + 1
    yield text[begin:]


def _spaced(text: str) -> list[str]:
    parts = text.split()
    if len(parts) > 1 and all(_LOOKS_LIKE_CHANNEL.search(part) for part in parts):
        return parts
    return [text]


def _slashed(name: str) -> list[str]:
    """A slash separates channels unless it belongs to a known name or one side is no channel by itself."""
    ended = re.sub(r"等$", "", name)
    name = ended if _LOOKS_LIKE_CHANNEL.search(ended) else name
    if not name or canonical(name):
        return [canonical(name)] if name else []
    parts = _slash_parts(name)
    if len(parts) > 1 and all(canonical(part) or _LOOKS_LIKE_CHANNEL.search(part) for part in parts):
        return [canonical(part) or part for part in parts]
    return [name]


def _slash_parts(name: str) -> list[str]:
    parts, begin, at = [], 0, 0
    while at < len(name):
        known = known_at(name, at) if at == begin else ""
        if known and "/" in known.translate(_WIDTH):
            at += len(known)
            continue
        if name[at] in "/／":
            parts.append(name[begin:at])
            begin = at + 1
        at += 1
    return [part.strip() for part in (*parts, name[begin:]) if part.strip()]
