"""In what the kinds of submission differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openness.units.names import Level

from ..models import Kind


@dataclass(frozen=True)
class KindRule:
    """`days` are working days to answer in; `levels` whom it can be sent to; `source` is where the term comes from.

    `goes_public`: people may read it once somebody let it through. `confirmed`: its clock starts when the office has confirmed it.
    `two_always`: a second person looks at every answer, not only at a village's. `about`: it is about one disclosure.
    """

    days: int
    levels: tuple[Level, ...]
    source: Promise
    goes_public: bool = False
    confirmed: bool = False
    two_always: bool = False
    about: bool = False


_ALL = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
KINDS: Mapping[str, KindRule] = {
    Kind.MESSAGE: KindRule(5, _ALL, _("本站的承诺：5 个工作日内回复；最长不超过三个月（国办秘函〔2019〕19号）"), goes_public=True),
    Kind.CORRECTION: KindRule(3, _ALL, _("本站的承诺：3 个工作日内核对、答复"), about=True),
    Kind.OBJECTION: KindRule(5, _ALL, _("本站的承诺：公示结果定下来以前答复，最长 5 个工作日"), goes_public=True, about=True),
    # Only organs of government: a committee of villagers is none (政府信息公开条例 art. 27).
    Kind.REQUEST: KindRule(
        20, (Level.COUNTY, Level.TOWNSHIP), _("政府信息公开条例第三十三条：20 个工作日内答复，经批准最多再延 20 个"), confirmed=True, two_always=True
    ),
}  # fmt: skip
EXTENSION_DAYS = 20  # art. 33
ASK_CORRECTION_WITHIN = 7  # art. 30
CORRECTION_DAYS = 10  # a reasonable term (art. 30) that the office names
THIRD_PARTY_DAYS = 15  # art. 32
RED_LINE_MONTHS = 3  # 国办秘函〔2019〕19号: a message unanswered for three months fails the whole site
