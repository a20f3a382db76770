"""Machine checks of public texts, one small object each."""

from .blank import Blank
from .copied import Copied
from .elements import MissingElements, tells_elements
from .files import Attachments
from .links import Links
from .period import WrongPeriod
from .personal import PersonalData, mask
from .prints import ALIKE, Print, likeness, print_of
from .text import Batch, Checker, File, Found, Place, Source, Text
from .words import ErrorWords

VERSION = 3  # raise it when a checker changes: every text is then read again
CHECKERS: tuple[Checker, ...] = (
    Blank(), Copied(), Attachments(), Links(), WrongPeriod(), MissingElements(), PersonalData(), ErrorWords(),
)  # fmt: skip

__all__ = [
    "ALIKE", "CHECKERS", "VERSION", "Batch", "Checker", "File", "Found", "Place", "Print", "Source", "Text", "likeness", "mask", "print_of",
    "tells_elements",
]  # fmt: skip
