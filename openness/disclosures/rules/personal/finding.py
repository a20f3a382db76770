"""All finders over the words of one place, and over many places."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .accounts import handles, mail_addresses, passports
from .bank_card import bank_cards
from .identity import half_masked, identity_numbers
from .joined import joined_numbers
from .kinds import Finding, Severity
from .lost import lost_digits
from .people import about_people
from .phone import phones
from .signs import Words

_BY_DIGITS = (identity_numbers, joined_numbers, bank_cards, phones)
_BY_WORDS = (half_masked, passports, mail_addresses, handles, lost_digits, about_people)
# Ten digits near each other, the shortest number of interest: most texts have none, and are done with.
_ENOUGH = re.compile(r"\d(?:\D{0,8}\d){9}")
_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.NOTE: 2}


def find(words: Words | str) -> list[Finding]:
    """Every piece of personal data in the words of one place, in their order. Takes time in proportion to their length; raises nothing.

    Where two finders want the same characters, the first in the order identity number, card, telephone, others has them.
    """
    words = Words(words) if isinstance(words, str) else words
    return sorted(_apart(_candidates(words)), key=lambda one: (one.start, _ORDER[one.severity]))


def _candidates(words: Words) -> Iterator[Finding]:
    for text in filter(_ENOUGH.search, (words.plain, words.with_numerals)):
        for finder in _BY_DIGITS:
            yield from finder(words, text)
    for by_words in _BY_WORDS:
        yield from by_words(words)


def _apart(candidates: Iterable[Finding]) -> Iterator[Finding]:
    """Numbers never overlap; what is said of a person may stand over a number."""
    taken = bytearray()
    for one in candidates:
        if len(taken) < one.end:
            taken.extend(bytes(one.end - len(taken)))
        if one.hidden and any(taken[one.start : one.end]):
            continue
        if one.hidden:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
        yield one


def at(place: str, words: Words | str) -> list[Finding]:
    """What `find` finds, with the place's name."""
    return [replace(one, place=place) for one in find(words)]
