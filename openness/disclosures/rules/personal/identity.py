"""Numbers of identity cards: GB 11643 with its check digit, the form of fifteen digits, and what is derived from them."""

import re
from collections.abc import Iterator
from datetime import date

from . import digits, labels
from .kinds import TOO_LITTLE, Finding, Kind, Severity, found
from .signs import Words

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_EARLIEST = 1900
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
        "91",
    ]
)
_S, _A = digits.SOFT, digits.ANY
_LONG = re.compile(
    rf"(?<!\d)(?=([1-9](?:{_A}\d){{5}}{_A}(?:1{_A}9|2{_A}0){_A}\d{_A}\d{_A}(?:0{_A}[1-9]|1{_A}[012]){_A}[0-3](?:{_A}\d){{4}}{_A}[\dX]))"
)
_OLD = re.compile(rf"(?<!\d)(?=([1-9](?:{_S}\d){{7}}{_S}(?:0{_S}[1-9]|1{_S}[012]){_S}[0-3](?:{_S}\d){{4}}))")
LABEL = re.compile(r"身份|证件|公民|户主|证号|残疾|(?i:id|sfz)")
_SOME_OTHER = re.compile(r"(?:号|码|编|账|帐|(?<!名)单)[^,。;\n]{0,3}$")
_HALF_MASKED = re.compile(r"(?<![\d*Xx])(?=[\d*●＊]{17}[\dXx*●＊](?![\d*●＊]))([1-9]\d{9,}[*●＊]{1,5}\d*[Xx]?)", re.ASCII)
_CHILDHOOD = 15


def is_identity_number(number: str) -> bool:
    """18 places, a province, a day of birth that has been, and the check digit of GB 11643 (ISO 7064 MOD 11-2)."""
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number, re.ASCII) or number[:2] not in _PROVINCES and number[0] != "9":
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _birth(number[6:14]) is not None and _CHECK[total % 11] == number[17]


def is_old_identity_number(number: str) -> bool:
    """15 digits of a province and a day of birth in the twentieth century: nothing else proves it."""
    return len(number) == 15 and number[:2] in _PROVINCES and number[12:] != "000" and _birth("19" + number[6:12]) is not None


def _birth(written: str) -> date | None:
    try:
        born = date(int(written[:4]), int(written[4:6]), int(written[6:8]))
    except ValueError:
        return None
    return born if born.year >= _EARLIEST and born <= date.today() else None


def looks_like_beginning(number: str) -> bool:
    """Province and day of birth, whatever the last places are: they get lost where 18 digits are stored as a number."""
    return number[:2] in _PROVINCES and _birth(number[6:14]) is not None and not is_child(number)


def identity_numbers(words: Words, text: str) -> Iterator[Finding]:
    yield from _eighteen(words, text)
    yield from _fifteen(words, text)


def _eighteen(words: Words, text: str) -> Iterator[Finding]:
    for match in _LONG.finditer(text):
        run = digits.run_at(match)
        number = run.digits
        ends = run.ends_there or number.endswith("X")
        if ends and is_identity_number(number) and not (is_child(number) and labels.is_serial(words.before(run.span[0], 20))):
            yield identity_number(run)


def is_child(number: str) -> bool:
    """Born in the last years: so look the orders and vouchers of those years."""
    return int(number[6:10]) > date.today().year - _CHILDHOOD


def _fifteen(words: Words, text: str) -> Iterator[Finding]:
    for match in _OLD.finditer(text):
        run = digits.run_at(match)
        if not (
            run.ends_there and is_old_identity_number(run.digits) and (len(run.groups) == 1 or run.stands_alone or run.groups == (6, 6, 3))
        ):
            continue
        before = words.before(run.span[0], 20)
        if LABEL.search(before) or not (_SOME_OTHER.search(before) or labels.is_amount(before, words.after(run.span[1], 8))):
            yield identity_number(run)


def identity_number(run: digits.Run) -> Finding:
    """The custom of public lists: region and the last places stay, the day of birth does not."""
    number, hidden = run.digits, run.places[6 : 14 if len(run.places) == 18 else 12]
    masked = number[:6] + "*" * len(hidden) + number[6 + len(hidden) :]
    return found(Kind.ID_NUMBER, Severity.BLOCK, run.span, masked, hidden=hidden)


def half_masked(words: Words) -> Iterator[Finding]:
    """Five asterisks or fewer, behind the day of birth."""
    for match in _HALF_MASKED.finditer(words.plain):
        if _birth(match[1][6:14]) is not None and match[1][:2] in _PROVINCES:
            yield found(Kind.ID_NUMBER, Severity.NOTE, match.span(1), match[1][:6] + "*" * 12, remark=TOO_LITTLE)
