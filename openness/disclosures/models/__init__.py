from .disclosure import Category, Disclosure
from .files import Attachment, FileUse, Photo, PhotoRendition
from .receipt import Receipt, Serial, Verb
from .task import UnitReviewTask
from .texts import AttachmentText, TextState

__all__ = [
    "Attachment",
    "AttachmentText",
    "Category",
    "Disclosure",
    "FileUse",
    "Photo",
    "PhotoRendition",
    "Receipt",
    "Serial",
    "TextState",
    "UnitReviewTask",
    "Verb",
]
