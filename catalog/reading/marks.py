"""Marks that say chosen or not chosen: boxes, ticks, and what is left of them when a symbol font was lost.

Wingdings 2 draws a ticked box for the letter R and an empty one for £; Wingdings draws ■ for n, ☑ for þ, □ for ¨ and o.
A document keeps them as private characters (U+F000 + code); a text export keeps the bare letter.
"""

import re

CHOSEN = frozenset("■☑☒▇●√✓✔✅◼▪█⬛◆🗹\uf052\uf050\uf0fe\uf06e\uf0fc\uf053\uf054\uf0fd\uf06c")
NOT_CHOSEN = frozenset("□☐○◻▢◇⬜☆❏❑\uf0a3\uf0a8\uf06f\uf071\uf072\uf02a")
TICKS = frozenset("√✓✔✅")
EMPTY_BOXES = frozenset("□☐◻▢⬜\uf0a3\uf0a8\uf06f")
CROSSED = frozenset("☒\uf053\uf054\uf0fd")
DAMAGED = {"R": True, "£": False, "t": True, "口": False, "þ": True, "¨": False}
LOST = frozenset("?\ufffd")
_WORDS_WITH_MOUTH = re.compile(r"口(?:头|岸|袋|腔|碑|号|粮|语|述|径|罩|令|信)")

_YES = frozenset("√✓✔✅■☑▇●◼█★vV∨是有1R\uf052\uf050\uf0fe\uf0fc\uf06e") | {"þ"}
_NO = frozenset("□☐○×✗✘✕否无0-—–/\\£¨\uf0a3\uf0a8\uf06f") | {"--", "——", "不"}


def is_damaged_mark(text: str, at: int) -> bool:
    """Whether a letter here can be a mark at all: 口 in 口头通知 cannot."""
    return text[at] in DAMAGED and not _WORDS_WITH_MOUTH.match(text, at)


def tick(text: str) -> bool | None:
    """What a cell of a tick column says: True or False; None when it is words or a sign nobody can be sure of."""
    plain = re.sub(r"[\s\u200b\ufeff\ufe0f]+", "", text).strip("()（）")
    if plain in _YES or (plain and set(plain) <= TICKS):
        return True
    return False if plain in _NO or not plain else None
