"""Personal data in what is written: offered masked, refused in what goes public, never in a history."""

import re
from unicodedata import normalize

from django.utils.translation import gettext as _

from openness.disclosures.rules.personal import Finding, Severity, Words, find, mask
from openness.units.models import Unit
from openness.units.refusal import Refused

_PHONE = re.compile(r"(?:1\d{10}|0\d{9,11}|[2-8]\d{6,7})")


def suggestion(text: str) -> str:
    """The words as they could be public, for a person to confirm."""
    return mask(text)


def private_in(text: str, unit: Unit) -> list[Finding]:
    """Numbers of persons that must not be public; the unit's own telephones may."""
    words = Words(text)
    own = {re.sub(r"\D", "", phone) for phone in (unit.phone, unit.supervisor_phone) if phone}
    return [one for one in find(words) if one.severity is Severity.BLOCK and words.number(one.start, one.end) not in own]


def check_public(text: str, unit: Unit) -> None:
    """Raises: Refused with a sentence for each number of a person in it."""
    found = private_in(text, unit)
    if found:
        raise Refused(*dict.fromkeys(one.sentence for one in found), _("要公开的文字里不能有个人号码，请遮住再交。"))


def plain_phone(text: str) -> str:
    """Digits alone; "" for what is no Chinese telephone number."""
    digits = re.sub(r"\D", "", normalize("NFKC", text))
    digits = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    return digits if _PHONE.fullmatch(digits) else ""
