"""Every rule of publishing, in the order of the form."""

from .attachments import Attachments
from .blank import Blank
from .copied import Copied
from .elements import MissingElements
from .links import Links
from .objections import OpenObjections
from .period import PeriodDates, WrongPeriod
from .personal_data import PersonalMatters, PersonalNumbers
from .photos import PhotoTraces
from .rule import Rule, TextRule
from .structure import BodyHasWords, ChangeNoted, FilesOfUnit, FormedInThePast, ItemOfUnit, NoticeLongEnough, NoticeOfItem, PeriodFits
from .sums import FinanceAddsUp, TableAddsUp
from .words import ErrorWords

RULES: tuple[Rule, ...] = (
    ItemOfUnit(), PeriodFits(), WrongPeriod(), PeriodDates(), FormedInThePast(),
    BodyHasWords(), Blank(), MissingElements(), FinanceAddsUp(), TableAddsUp(), PersonalNumbers(), PersonalMatters(), ErrorWords(),
    Copied(), Links(), PhotoTraces(), Attachments(), FilesOfUnit(), NoticeLongEnough(), NoticeOfItem(), ChangeNoted(), OpenObjections(),
)  # fmt: skip
BY_CODE = {rule.code: rule for rule in RULES}
# Those that can be asked of what is public already; supervision does so every night.
OF_PUBLIC_TEXTS = tuple(rule for rule in RULES if isinstance(rule, TextRule))
# Raised when one of these changes: every public text is then read again.
VERSION = 4
