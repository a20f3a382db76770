"""Personal data in public texts and their files, by the rules of publishing: texts can be older than the rules, and files are read later."""

from collections.abc import Iterator

from django.utils.crypto import salted_hmac

from openness.disclosures.rules.personal import Finding, Severity, Words, find, is_bank_card, is_identity_number, is_mobile_number, mask

from ...models import CheckName
from .text import Batch, Found, Place, Text

__all__ = ["PersonalData", "is_bank_card", "is_identity_number", "is_mobile_number", "mask"]

_REACH = 12


class PersonalData:
    name = CheckName.PERSONAL

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]:
        for place in batch.places(text):
            yield from _at(place, text.own_phones)


def _at(place: Place, own_phones: frozenset[str]) -> Iterator[Found]:
    words, shown = Words(place.words), mask(place.words)
    everything = find(words)
    for one in everything:
        number = words.number(one.start, one.end)
        if one.severity is Severity.NOTE or number in own_phones:
            continue
        # A plain hash of a number of so few digits could be tried out.
        mark = salted_hmac("supervision.quality", number or words.raw[one.start : one.end]).hexdigest()[:16]
        yield Found(place.label, one.says, _quote(one, shown, everything), mark)


def _quote(one: Finding, shown: str, everything: list[Finding]) -> str:
    """With a little of what stands around, unless that is private and cannot be masked."""
    start, end = max(0, one.start - _REACH), one.end + _REACH
    if any(not other.hidden and other.start < end and start < other.end for other in everything):
        return one.masked
    return shown[start:end].replace("\n", " ")
