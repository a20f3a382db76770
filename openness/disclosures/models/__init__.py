from .disclosure import Category, Disclosure
from .files import Attachment, FileUse, Photo, PhotoRendition
from .receipt import Receipt, Serial, Verb
from .task import UnitReviewTask

__all__ = ["Attachment", "Category", "Disclosure", "FileUse", "Photo", "PhotoRendition", "Receipt", "Serial", "UnitReviewTask", "Verb"]
