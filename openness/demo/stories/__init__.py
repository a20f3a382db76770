"""Invented disclosures that look like real ones. Deterministic: the same seed and day give the same year."""

from .year import tell_year

__all__ = ["tell_year"]
