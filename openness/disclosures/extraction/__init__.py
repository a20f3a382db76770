"""Text from files. Pure: no database, no settings. Everything but `outside` is meant to run in a process of its own."""

from .result import Extracted, Limits, Page, State

__all__ = ["Extracted", "Limits", "Page", "State"]
