from .basis import Article, Citation, Law, LawVersion
from .calendar import CalendarDay, CalendarYear
from .standard import Field, Item, Standard
from .upload import Upload

__all__ = ["Article", "CalendarDay", "CalendarYear", "Citation", "Field", "Item", "Law", "LawVersion", "Standard", "Upload"]
