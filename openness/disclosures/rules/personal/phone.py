"""Mobile telephones, and telephones at home. What offices give out to everybody is a note; land lines and hotlines are nothing."""

import re
from collections.abc import Iterator

from . import digits, labels
from .kinds import OFFICE, Finding, Kind, Severity, found
from .signs import Words

_S = digits.SOFT
_COUNTRY = rf"(?:(?:\+|00)?86{_S}|0)?"
# A digit by itself behind another is in the midst of a row of such.
_START = r"(?<!\d)(?:(?<!\D\d[ ])|(?=1[3-9]|[+08]))"
_MOBILE = re.compile(rf"{_START}{_COUNTRY}(?=(1{_S}[3-9](?:{_S}\d){{9}})(?!\d))")
_LAND = re.compile(r"(?<!\d)(?=(0\d{2,3}[ \-()]{0,3}\d{7,8})(?!\d))")
_GROUPS = {(3, 4, 4), (3, 3, 5), (3, 8)}
_DECIMAL = re.compile(r"\d+\.\d+")
_HOME = re.compile(r"(?:家庭|家里|家中|住宅|本人|户主|个人)(?:固定)?(?:联系)?(?:电话|座机|固话)(?:号码|号)?(?:是|为)?[ :(]*$|宅电[ :(]*$")
_WINDOW = 60


def is_mobile_number(number: str) -> bool:
    return bool(re.fullmatch(r"1[3-9]\d{9}", number, re.ASCII))


def phones(words: Words, text: str) -> Iterator[Finding]:
    for match in _MOBILE.finditer(text):
        run = digits.run_at(match)
        if _is_one(run) and not _is_other(words, match.start(), run.span[1]):
            yield phone(words, run)
    for match in _LAND.finditer(text):
        run = digits.run_at(match)
        if _HOME.search(words.before(run.span[0], _WINDOW)):
            yield phone(words, run)


def _is_one(run: digits.Run) -> bool:
    """No check digit proves it: in parts it must be parted as people do, or be the only number there. 131.12345678 is a longitude."""
    raw = run.text[slice(*run.span)]
    if _DECIMAL.fullmatch(raw):
        return False
    return len(run.groups) == 1 or run.stands_alone or (run.groups in _GROUPS and not run.is_amidst)


def _is_other(words: Words, start: int, end: int) -> bool:
    before, after = words.before(start, 20), words.after(end, 8)
    return labels.is_serial(before) or labels.is_amount(before, after) or labels.is_sum(words.heading)


def phone(words: Words, run: digits.Run) -> Finding:
    """138****5678."""
    number, last = run.digits, len(run.places) - 4
    hidden = run.places[3 if number[0] == "1" else 4 : last]
    masked = number[: last - len(hidden)] + "*" * len(hidden) + number[last:]
    if number[0] == "1" and (labels.is_of_office(words.before(run.span[0], _WINDOW)) or labels.is_of_post(words.row)):
        return found(Kind.PHONE, Severity.NOTE, run.span, masked, hidden=hidden, remark=OFFICE)
    return found(Kind.PHONE, Severity.BLOCK, run.span, masked, hidden=hidden)
