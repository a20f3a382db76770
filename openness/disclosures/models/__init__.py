from .disclosure import Category, Disclosure
from .files import Attachment, FileUse, Photo, PhotoRendition
from .receipt import Receipt, Serial, Verb
from .signature import How, Signature
from .signing_rule import Body, SigningRule, UnitKind, unit_kind
from .task import SignTask, UnitReviewTask
from .texts import AttachmentText, TextState

__all__ = [
    "Attachment",
    "AttachmentText",
    "Body",
    "Category",
    "Disclosure",
    "FileUse",
    "How",
    "Photo",
    "PhotoRendition",
    "Receipt",
    "Serial",
    "SignTask",
    "Signature",
    "SigningRule",
    "TextState",
    "UnitKind",
    "UnitReviewTask",
    "Verb",
    "unit_kind",
]
