from .disclosure import Category, Disclosure
from .files import Attachment, FileUse, Photo, PhotoRendition
from .masked import MaskedOriginal, OriginalLook
from .override import RuleOverride, RuleRequest
from .receipt import Receipt, Serial, Verb
from .rule_setting import RuleSetting
from .task import UnitReviewTask
from .texts import AttachmentText, TextState

__all__ = [
    "Attachment",
    "AttachmentText",
    "Category",
    "Disclosure",
    "FileUse",
    "MaskedOriginal",
    "OriginalLook",
    "Photo",
    "PhotoRendition",
    "Receipt",
    "RuleOverride",
    "RuleRequest",
    "RuleSetting",
    "Serial",
    "TextState",
    "UnitReviewTask",
    "Verb",
]
