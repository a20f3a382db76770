"""Personal data in texts: found, told apart by kind and seriousness, masked. Pure: no database, no files, no log."""

from .bank_card import is_bank_card
from .finding import at, find
from .identity import is_identity_number
from .kinds import NAMES, Finding, Kind, Severity
from .masking import mask
from .phone import is_mobile_number
from .signs import Words

__all__ = [
    "NAMES", "Finding", "Kind", "Severity", "Words", "at", "find", "is_bank_card", "is_identity_number", "is_mobile_number", "mask",
]  # fmt: skip
