from .disclosure import Category, Disclosure
from .files import Attachment, FileUse, Photo, PhotoRendition
from .masked import MaskedOriginal, OriginalLook
from .override import RuleOverride, RuleRequest
from .receipt import Receipt, Serial, Verb
from .rule_setting import RuleSetting
from .signature import How, Signature
from .signing_rule import Body, SigningRule, UnitKind, unit_kind
from .tag import DisclosureTag, tags_of
from .task import SignTask, UnitReviewTask
from .texts import AttachmentText, TextState

__all__ = [
    "Attachment",
    "AttachmentText",
    "Body",
    "Category",
    "Disclosure",
    "DisclosureTag",
    "FileUse",
    "How",
    "MaskedOriginal",
    "OriginalLook",
    "Photo",
    "PhotoRendition",
    "Receipt",
    "RuleOverride",
    "RuleRequest",
    "RuleSetting",
    "Serial",
    "SignTask",
    "Signature",
    "SigningRule",
    "TextState",
    "UnitKind",
    "UnitReviewTask",
    "Verb",
    "tags_of",
    "unit_kind",
]
