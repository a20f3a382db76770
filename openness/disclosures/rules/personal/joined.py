"""Numbers that follow each other without any boundary: told apart only if nothing is left over."""

import re
from collections.abc import Callable, Iterator

from .bank_card import bank_card, is_bank_card
from .digits import Run
from .identity import LABEL, identity_number, is_child, is_identity_number
from .kinds import Finding
from .phone import is_mobile_number, phone
from .signs import Words

_LONG = re.compile(r"(?<!\d)(\d{20,56}X?)(?!\d)")
_TELEPHONE = 11
# The number of a disability certificate is that of the identity card, then kind and grade.
_DISABILITY = re.compile(r"[1-7][1-4]")
_PARTS: tuple[tuple[Callable[[str], bool], Callable[[Words, Run], Finding]], ...] = (
    (is_identity_number, lambda words, run: identity_number(run)),
    (is_mobile_number, phone),
    (is_bank_card, lambda words, run: bank_card(run)),
)


def joined_numbers(words: Words, text: str) -> Iterator[Finding]:
    for match in _LONG.finditer(text):
        run = Run(text, tuple(range(match.start(1), match.end(1))))
        for cut in (18, _TELEPHONE):
            yield from _both(words, run, cut)


def _both(words: Words, run: Run, cut: int) -> Iterator[Finding]:
    """An identity number and another number, in either order."""
    number = run.digits
    first, second = number[:cut], number[cut:]
    if not any(map(is_identity_number, (first, second))):
        return
    if _DISABILITY.fullmatch(second):
        if LABEL.search(words.before(run.span[0], 20)) or not is_child(first):
            yield identity_number(run.first(cut))
    elif all(any(test(part) for test, _make in _PARTS) for part in (first, second)):
        for part, places in ((first, run.places[:cut]), (second, run.places[cut:])):
            yield next(make for test, make in _PARTS if test(part))(words, Run(run.text, places))
