"""Numbers of bank cards: an issuer's first digits, a length that it uses, the check digit of Luhn."""

import re
from collections.abc import Iterator

from . import digits, labels
from .kinds import Finding, Kind, Severity, found
from .signs import Words

_LENGTHS = ((re.compile("62"), range(16, 20)), (re.compile("60|95[589]"), (16, 18, 19)), (re.compile("4"), (16, 19)), (re.compile("5[1-5]|35|37"), (16,)))  # fmt: skip
_S = digits.ANY
_CARD = re.compile(rf"(?<!\d)(?=((?:6{_S}[02]|9{_S}5|4{_S}\d|5{_S}[1-5]|3{_S}5)(?:{_S}\d){{14,17}}))")
_FOURS = re.compile(r"4(?: 4){3}(?: [123])?|6 1[0-3]")


def is_bank_card(number: str) -> bool:
    if not number.isdigit() or not any(beginning.match(number) and len(number) in lengths for beginning, lengths in _LENGTHS):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def bank_cards(words: Words, text: str) -> Iterator[Finding]:
    for match in _CARD.finditer(text):
        whole = digits.run_at(match)
        runs = (whole.first(length) for length in range(len(whole.places), 15, -1))
        run = next((run for run in runs if run.ends_there and is_bank_card(run.digits) and _is_one(run)), None)
        if run is not None and not _is_other(words, run):
            yield bank_card(run)


def bank_card(run: digits.Run) -> Finding:
    """Only the last four stay."""
    number = run.digits
    return found(Kind.BANK_CARD, Severity.BLOCK, run.span, "*" * (len(number) - 4) + number[-4:], hidden=run.places[:-4])


def _is_one(run: digits.Run) -> bool:
    """One digit in ten is right by chance, and a row of a table has many numbers: they must look like one."""
    if len(run.groups) == 1 or run.stands_alone:
        return True
    return run.digits.startswith("62") and bool(_FOURS.fullmatch(" ".join(map(str, run.groups))))


def _is_other(words: Words, run: digits.Run) -> bool:
    before = words.before(run.span[0], 20)
    return labels.is_serial(before) or labels.is_amount(before, words.after(run.span[1], 8)) or labels.is_sum(words.heading)
