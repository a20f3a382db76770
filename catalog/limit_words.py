"""The wordings of time limits, recognised one after another; what none of them understood decides the honesty of the answer.

Each recogniser eats the words it understood. Whatever is left may hold neutral words (where, by whom), but no number and
no deadline word: then the answer is None.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .limits import Cadence, Limit, Unit

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERAL = "零〇一二两三四五六七八九十百"
_N = r"(?<![\d.])(?P<n>\d{1,3})(?P<u>个?工作(?:日|天)|个?自然日|个?日历(?:日|天)|[日天])"
_PUBLISH = r"(?:(?:主动|向社会|予以|进行|应当?|依法|对外)*(?:公开|公布|公示|发布|更新|公告)(?:并公开|并公布)?)?"
_CADENCES: dict[str, Cadence] = {
    "月": "month", "季度": "quarter", "季": "quarter", "半年": "half_year", "年度": "year", "年": "year",
}  # fmt: skip
_C = r"(?P<c>季度|季|月|半年|年度|年)"
_MONTH = r"(?:首个?月份?的?|第?(?P<m>\d{1,2})个?月份?的?)?"
_LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_RISK = re.compile(
    rf"\d|[{_NUMERAL}]+(?:个|次|日|天|月|年|周|季|小时)|每|工作日|自然日|[日天月年周]之?内|期限|时限|期内|期满|公[示告]期|及时|随时"
    r"|实时|即时|立即|适时|定期|提前|前|截[止至]|逾期|当[日天]|即日|小时|按[月季年]|逐[月季年]|[月季年]度?[底末]|长期|永久|常年|季度|半年"
    r"|保留|之日|后(?:公|发|更|予|$|，)|起(?:公|发|更|予|$|，)"
)


class NotUnderstood(Exception):
    """The words compete or are out of the structure's reach; never leaves this module."""


@dataclass
class _Words:
    """Text still to be understood, and what has been understood so far."""

    text: str
    found: dict[str, Any]

    def eat(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(self.text)
        if match:
            self.text = f"{self.text[: match.start()]}，{self.text[match.end() :]}"
        return match

    def set(self, **values: Any) -> None:
        for name, value in values.items():
            if self.found.get(name, value) != value:
                raise NotUnderstood(name)
            self.found[name] = value


@lru_cache(maxsize=2048)
def understand(text: str) -> Limit | None:
    """`parse_limit`, which see."""
    words = _Words(_normalise(text), {})
    try:
        for recognise in _RECOGNISERS:
            recognise(words)
    except NotUnderstood:
        return None
    if not words.found or _RISK.search(words.text):
        return None
    return _limit(words.found)


def _limit(found: dict[str, Any]) -> Limit:
    standing = found.get("cadence") == "standing"
    trigger = "continuous" if standing or found.pop("continuous", False) else "event"
    return Limit(**{"trigger": trigger, **found})


def _normalise(text: str) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    text = re.sub(r"[(\[](?:原文)?截断[)\]]", "", text)
    text = re.sub(r"\((?=[最不])", ",", text).translate(str.maketrans(",;:。", "，；：，"))
    units = r"(?=个?工作[日天]|个?自然日|个?日历|个月|[日天号]|月)"
    return re.sub(rf"[{_NUMERAL}]{{1,5}}{units}", lambda match: _arabic(match[0]), text)


def _arabic(numeral: str) -> str:
    """二十 -> 20; digits written one by one (二〇) are read by place. What is neither stays as it stands."""
    if not set(numeral) & set("十百"):
        return "".join(str(_DIGITS[char]) for char in numeral)
    match = re.fullmatch(r"(?:([一二两三四五六七八九])百)?(?:零?([一二三四五六七八九])?(十))?零?([一二三四五六七八九])?", numeral)
    if not match:
        return numeral
    hundreds, tens, ten, ones = match.groups()
    value = 100 * _DIGITS.get(hundreds or "零", 0) + _DIGITS.get(ones or "零", 0)
    return str(value + (10 * (_DIGITS[tens] if tens else 1) if ten else 0))


def _unit(words: str) -> Unit:
    return "working" if "工作" in words else "calendar"


def _days(match: re.Match[str]) -> tuple[int, Unit]:
    number = int(match["n"])
    if number == 0:
        raise NotUnderstood("zero days")
    return number, _unit(match["u"])


def _event(text: str) -> str:
    """The event's own words; a number or another deadline inside them means that they were not understood."""
    text = re.sub(r"^(?:自|从|在|于|应当?|须|一般|原则上|最[迟晚](?=于|在)|并)+", "", text.strip("、，；：的"))
    text = re.sub(r"(?:之日起?|之后|以后|后|时)$", "", text)
    if _RISK.search(re.sub(r"^公[示告]期限?届?满$", "", text)):
        raise NotUnderstood(text)
    return text


_PROVISO = re.compile(
    r"(?:国家)?(?:有关)?(?:法律|行政法规|法规|规章)(?:、|，)?(?:法规|行政法规|规章|和|及)*(?:、规章)?(?:对[^；]{0,30}?)?"
    r"(?:另有规定的?，?(?:从其规定|依照其规定|按照其规定|除外)|的期…+)"
)


def _proviso(words: _Words) -> None:
    words.eat(_PROVISO)


_DISPLAY = re.compile(
    r"(?:公示|公告|张贴|展示|公布)(?:保留|期限?|时间|期间|时长|的)*[:：]?(?:原则上|一般|应当?|不少于|不得少于|不低于|至少|为|是)*"
    + _N + r"(?:以上)?(?![之以]?[内前]|起|后)"
)  # fmt: skip
_DISPLAY_ELSEWHERE = re.compile(r"[（(]?公[示告]期限?(?:见|按照?|依照?|以)[^\d，；]{1,12}[)）]?")


def _display(words: _Words) -> None:
    match = words.eat(_DISPLAY)
    if match:
        days, unit = _days(match)
        words.set(display_days=days, display_unit=unit)
    words.eat(_DISPLAY_ELSEWHERE)


_BUSY = re.compile(
    r"[（(]?(?:集体|村|社区)*(?:财务|经济|资金)*(?:收支|往来)+(?:业务)?(?:较多|频繁)的?，?(?:[^每按，；\d]{0,12})(?:每|按)(?:个|1)?月"
    + _PUBLISH + r"(?:[一1]次)?" + _PUBLISH + r"[)）]?"
)  # fmt: skip


def _busy(words: _Words) -> None:
    if words.eat(_BUSY):
        words.set(busy_cadence="month")


_EVERY = r"(?:至少|原则上|一般|应当?|须)*(?:每(?:个|一|1)?|按|逐)" + _C
_ONCE = r"(?:至少|不少于|定期)?" + _PUBLISH + r"(?:至少|不少于)?(?:[一1]次)?" + _PUBLISH
_NEXT = re.compile(
    r"(?:每(?:个|一)?(?P<whole>季度|季|月|半年|年度|年)[^，；\d次下]{0,15}，?(?:于|在)?)?(?:次|下)(?:个|1|一)?" + _C
    + r"的?" + _MONTH + r"(?P<d>\d{1,2})[日号](?:之?前|以前)?" + _ONCE
)  # fmt: skip
_FIXED = re.compile(_EVERY + r"的?" + _MONTH + r"(?P<d>\d{1,2})[日号](?:之?前|以前)?" + _ONCE)
_MONTH_END = re.compile(r"(?:每|按)年(?P<m>\d{1,2})月份?[底末](?:之?前)?" + _ONCE)
_AT_END = re.compile(_EVERY + r"的?(?:[年月季]度?)?[底末终](?:之?前)?" + _ONCE)
_AFTER_END = re.compile(_EVERY + r"(?:结束|终了|期满)(?:之日起|之?后|以后)?的?" + _N + r"(?:之|以)?内" + _ONCE)
_PLAIN = re.compile(_EVERY + _ONCE)


def _periodic(words: _Words) -> None:
    for pattern, values in _PERIODIC:
        match = words.eat(pattern)
        if match:
            words.set(trigger="period_end", **values(match))
            return


def _next(match: re.Match[str]) -> dict[str, Any]:
    """每季度…于次月10日前: the fixed day lies in the period after the one reported on."""
    whole = match["whole"] or match["c"]
    if _CADENCES[whole] != _CADENCES[match["c"]] and match["c"] != "月":
        raise NotUnderstood(match[0])
    month = int(match["m"]) if match["m"] else 1
    return _fixed_day(_CADENCES[whole], month, int(match["d"]))


def _fixed(match: re.Match[str]) -> dict[str, Any]:
    if not match["m"] and "首" not in match[0] and match["c"] != "月":
        raise NotUnderstood(match[0])
    return _fixed_day(_CADENCES[match["c"]], int(match["m"] or 1), int(match["d"]))


def _fixed_day(cadence: Cadence, month: int, day: int) -> dict[str, Any]:
    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[cadence]
    if not 1 <= month <= months or not 1 <= day <= (_LAST_DAY[month - 1] if cadence == "year" else 31):
        raise NotUnderstood(f"{month}-{day}")
    return {"cadence": cadence, "month_of_period": month, "day_of_month": day}


def _month_end(match: re.Match[str]) -> dict[str, Any]:
    month = int(match["m"])
    if not 1 <= month <= 12:
        raise NotUnderstood(match[0])
    return _fixed_day("year", month, _LAST_DAY[month - 1])


def _at_end(match: re.Match[str]) -> dict[str, Any]:
    return {"cadence": _CADENCES[match["c"]], "number": 0, "unit": "calendar"}


def _after_end(match: re.Match[str]) -> dict[str, Any]:
    number, unit = _days(match)
    return {"cadence": _CADENCES[match["c"]], "number": number, "unit": unit}


def _plain(match: re.Match[str]) -> dict[str, Any]:
    return {"cadence": _CADENCES[match["c"]]}


_PERIODIC: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], dict[str, Any]]], ...] = (
    (_NEXT, _next), (_FIXED, _fixed), (_MONTH_END, _month_end), (_AFTER_END, _after_end), (_AT_END, _at_end), (_PLAIN, _plain),
)  # fmt: skip


_STANDING = re.compile(r"(?:长期|永久|常年|长年|持续)(?:性|地)?" + _PUBLISH)
_REAL_TIME = re.compile(r"实时" + _PUBLISH)
_UPDATES = re.compile(
    r"(?:(?:[如若]?(?:发生|有|遇)|(?<![^，；(]))(?:变更|变化|变动|调整)(?:的|时|后)?，?)(?:应当?)?(?:及时|随时|实时)(?:予以|进行)?(?:更新|调整|公开|公布)(?:并?(?:公开|公布))?"
)


def _standing(words: _Words) -> None:
    if words.eat(_UPDATES):
        words.set(prompt=True)
    if words.eat(_STANDING):
        words.set(cadence="standing")
    elif words.eat(_REAL_TIME):
        words.set(prompt=True, **({} if words.found.get("trigger") else {"continuous": True}))


_CLAUSE = r"(?P<e>[^，；：《》]{0,80}?)"
_WITHIN = re.compile(
    _CLAUSE + r"(?:之日起|之日后|之后|以后|后|起|之日)?(?:(?<=起)，|(?<=后)，)?的?(?:应当?|须|在|于)*(?P<most>(?:最[迟晚长多])?(?:不得?|不应)?超过)?" + _N
    + r"(?P<in>[(（]?(?:之|以)?内[)）]?)?"
)  # fmt: skip
_FROM_DAY = re.compile(r"(?:之日起|之日后)，?\d")
_AHEAD = re.compile(_CLAUSE + r"(?:的|提前)?" + _N + r"(?:之|以)?前")
_BEFORE = re.compile(_CLAUSE + r"(?:之|以|提)?前的?(?:至少|不少于)?" + _N + r"(?:以上|之?内)?")
_SAME_DAY = re.compile(
    _CLAUSE
    + r"(?:当[日天]|的?同时|之日(?!起)|(?<![及随实同届定临即按适平有暂小])时)(?=$|[，；)]|(?:即|予以|向社会|应当?)*(?:公开|公布|公示|发布))"
)


def _counted(words: _Words) -> None:
    for pattern, trigger in ((_AHEAD, "before_event"), (_BEFORE, "before_event"), (_WITHIN, "event")):
        if not _says_deadline(pattern, words.text):
            continue
        match = words.eat(pattern)
        if match:
            number, unit = _days(match)
            words.set(trigger=trigger, number=number, unit=unit, event=_event(match["e"]))
            if trigger == "before_event" and not words.found["event"]:
                raise NotUnderstood(match[0])
            return


def _says_deadline(pattern: re.Pattern[str], text: str) -> bool:
    """A bare number of days may be a deadline or a display period: it needs 内, 起 or 不超过 to be one."""
    match = pattern.search(text)
    if not match or pattern is not _WITHIN:
        return bool(match)
    return bool(match["in"] or match["most"] or _FROM_DAY.search(match[0]))


def _same_day(words: _Words) -> None:
    match = None if "number" in words.found else words.eat(_SAME_DAY)
    if match and _event(match["e"]):
        words.set(trigger="event", number=0, unit="calendar", event=_event(match["e"]))


_PROMPT = re.compile(_CLAUSE + r"(?:及时|随时|即时|立即|第一时间)" + _PUBLISH)


def _prompt(words: _Words) -> None:
    match = words.eat(_PROMPT)
    if match:
        event = _event(match["e"])
        words.set(prompt=True, **({"event": event} if event else {}))


_RECOGNISERS = (_proviso, _display, _busy, _periodic, _standing, _counted, _same_day, _prompt)
