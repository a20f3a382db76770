"""Personal data: numbers of identity cards (with a right check digit), mobile telephones, bank cards (Luhn). Quotes are masked."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...models import CheckName
from .text import Batch, Found, Place, Text

_SHAPES = (
    r"\d{17}[\dXx]", r"\d{6}[ -]\d{8}[ -]\d{3}[\dXx]", r"\d{16,19}", r"\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?",
    r"1\d{10}", r"1\d{2}[ -]\d{4}[ -]\d{4}",
)  # fmt: skip
_DIGITS = re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(_SHAPES)})(?![0-9A-Za-z])", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_REACH = 12
_MOBILE = re.compile(r"1[3-9]\d{9}")
_CARD = re.compile(r"(?:62|60|4|5[1-5]|35)\d{13,17}")


def is_identity_number(digits: str) -> bool:
    """18 places, a day of birth that exists, and the check digit of GB 11643 (ISO 7064 MOD 11-2)."""
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", digits):
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return born.year >= 1900 and _CHECK[total % 11] == digits[17]


def is_mobile_number(digits: str) -> bool:
    return bool(_MOBILE.fullmatch(digits))


def is_bank_card(digits: str) -> bool:
    """16 to 19 digits with the beginning of a card's issuer and the check digit of Luhn."""
    if not (16 <= len(digits) <= 19 and _CARD.fullmatch(digits)):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


KINDS: tuple[tuple[Callable[[str], bool], Any], ...] = (
    (is_identity_number, gettext_lazy("身份证号")),
    (is_mobile_number, gettext_lazy("手机号")),
    (is_bank_card, gettext_lazy("银行卡号")),
)


def mask(words: str) -> str:
    """The words with everything but the first three and the last two signs of such numbers hidden."""
    return _DIGITS.sub(lambda found: _hidden(found[0]) if _kind(found[0]) else found[0], words)


def _hidden(value: str) -> str:
    return value[:3] + "*" * (len(value) - 5) + value[-2:]


def _plain(value: str) -> str:
    return re.sub(r"[ -]", "", value).upper()


def _kind(value: str) -> str:
    return next((str(label) for test, label in KINDS if test(_plain(value))), "")


class PersonalData:
    name = CheckName.PERSONAL

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        for place in batch.places(text):
            half_width = Place(place.label, unicodedata.normalize("NFKC", place.words))
            yield from self._at(half_width, text.own_phones)

    def _at(self, place: Place, own_phones: frozenset[str]) -> Iterator[Found]:
        for found in _DIGITS.finditer(place.words):
            kind, plain = _kind(found[0]), _plain(found[0])
            if kind and plain not in own_phones:
                # A plain hash of a number of so few digits could be tried out.
                mark = salted_hmac("supervision.quality", plain).hexdigest()[:16]
                before, after = mask(place.words[: found.start()])[-_REACH:], mask(place.words[found.end() :])[:_REACH]
                quote = f"{before}{_hidden(found[0])}{after}".replace("\n", " ")
                yield Found(place.label, _("像是{kind}。").format(kind=kind), quote, mark)
