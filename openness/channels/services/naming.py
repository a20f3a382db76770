"""The channels that the catalogue names for a text, as people tick them. Pure."""

import re

from django.utils.translation import gettext_lazy as _

from openness.disclosures.models import Disclosure, UnitKind, unit_kind
from openness.units.names import Level

_BOARD = re.compile(r"栏|公示|公告|电子屏|橱窗|展板|张贴")
_OWN_SITE = ("政府网站", "部门网站", "政务服务网")
# The law asks each village and community for its board, whatever the catalogue says (村民委员会组织法 art. 35, 城市居民委员会组织法 art. 34).
_BY_LAW = {UnitKind.VILLAGE: _("村务公开栏"), UnitKind.COMMUNITY: _("居务公开栏")}


def is_board(channel: str) -> bool:
    return bool(_BOARD.search(channel))


def needs_board(text: Disclosure) -> bool:
    return text.unit.level == Level.VILLAGE or any(map(is_board, text.item.channels))


def channels_of(text: Disclosure) -> list[str]:
    """What is to be ticked, the board first. The site itself is done by publishing."""
    named = [str(one) for one in text.item.channels if one not in _OWN_SITE]
    boards, others = [one for one in named if is_board(one)], [one for one in named if not is_board(one)]
    if not boards and text.unit.level == Level.VILLAGE:
        boards = [str(_BY_LAW[UnitKind(unit_kind(text.unit))])]
    return [one[:100] for one in dict.fromkeys([*boards, *others])]
