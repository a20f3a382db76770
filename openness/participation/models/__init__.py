from .event import Event, Step
from .submission import Contact, InformationRequest, Kind, Source, State, Submission
from .upkeep import AnswerTemplate, DayCount, Knock

__all__ = [
    "AnswerTemplate", "Contact", "DayCount", "Event", "InformationRequest", "Kind", "Knock", "Source", "State", "Step", "Submission",
]  # fmt: skip
