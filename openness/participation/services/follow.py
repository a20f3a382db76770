"""Finding one's own by number and telephone. Whoever has not both learns nothing, not even whether the number exists."""

from unicodedata import normalize

from django.utils.crypto import constant_time_compare

from ..models import Contact, Submission
from .knocks import FOLLOW_BY_ADDRESS, FOLLOW_BY_NUMBER, knock
from .words import plain_phone

_NOBODY = "0" * 11


def follow(number: str, phone: str, address: str) -> Submission | None:
    """Raises: TooOften."""
    number = "".join(normalize("NFKC", number).split())[:16]
    knock(FOLLOW_BY_ADDRESS, address)
    knock(FOLLOW_BY_NUMBER, number)
    rows = Contact.objects.select_related("submission__unit", "submission__reply_unit", "submission__disclosure", "submission__request")
    contact = rows.filter(submission__number=number).first()
    same = constant_time_compare(contact.phone if contact else _NOBODY, plain_phone(phone))
    return contact.submission if contact and same else None
