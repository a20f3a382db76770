"""Long numbers that a sheet has stored as numbers: fifteen digits are kept, the rest is lost."""

import re
from collections.abc import Iterator
from decimal import Decimal

from . import labels
from .bank_card import is_bank_card
from .identity import is_identity_number, looks_like_beginning
from .kinds import LOST_DIGITS, Finding, Kind, Severity, found
from .phone import is_mobile_number
from .signs import Words

_SCIENTIFIC = re.compile(r"(?<![\d.])(\d(?:\.\d{1,18})?)[Ee]\+?(1[0-8])(?!\d)")
_KINDS_BY_LENGTH = {11: Kind.PHONE, 15: Kind.ID_NUMBER, 16: Kind.BANK_CARD, 18: Kind.ID_NUMBER, 19: Kind.BANK_CARD}
_FIRST = {Kind.PHONE: re.compile("1[3-9]"), Kind.BANK_CARD: re.compile("62"), Kind.ID_NUMBER: re.compile("[1-6]")}


def lost_digits(words: Words) -> Iterator[Finding]:
    for match in _SCIENTIFIC.finditer(words.letters):
        number = f"{Decimal(match[1]).scaleb(int(match[2])):.0f}"
        kind = _KINDS_BY_LENGTH.get(len(number))
        if kind and _FIRST[kind].match(number) and not _is_other(words, match.start()):
            yield _finding(kind, number, match.span(), complete=_is_complete(number))
    if words.is_number:
        yield from _rounded(words)


def _rounded(words: Words) -> Iterator[Finding]:
    for match in re.finditer(r"(?<!\d)\d{18}(?!\d)", words.plain):
        if not is_identity_number(match[0]) and looks_like_beginning(match[0]) and not _is_other(words, match.start()):
            yield _finding(Kind.ID_NUMBER, match[0], match.span(), complete=False, warn=True)


def _is_complete(number: str) -> bool:
    return is_identity_number(number) or is_bank_card(number) or is_mobile_number(number)


def _is_other(words: Words, start: int) -> bool:
    return labels.is_serial(words.before(start, 20)) or labels.is_sum(words.heading)


def _finding(kind: Kind, number: str, span: tuple[int, int], *, complete: bool, warn: bool = False) -> Finding:
    severity = Severity.BLOCK if complete else Severity.WARN if warn else Severity.NOTE
    shown = {Kind.PHONE: (3, 4), Kind.BANK_CARD: (0, 4), Kind.ID_NUMBER: (6, 4)}[kind]
    masked = number[: shown[0]] + "*" * (len(number) - sum(shown)) + (number[-4:] if complete else "****")
    return found(kind, severity, span, masked, hidden=range(*span), remark="" if complete else LOST_DIGITS)
