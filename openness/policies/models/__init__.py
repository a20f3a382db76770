from .access import DepartmentToken, HourCount, Sending
from .interpretation import Card, Form, Interpretation, NeedRule
from .policy import Band, Genre, Policy, Tier
from .record import FileUse, Record, Verb
from .text import PublicText, Stage

__all__ = [
    "Band", "Card", "DepartmentToken", "FileUse", "Form", "Genre", "HourCount", "Interpretation", "NeedRule", "Policy", "PublicText", "Record",
    "Sending", "Stage", "Tier", "Verb",
]  # fmt: skip
