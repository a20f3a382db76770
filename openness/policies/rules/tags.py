"""Tags in one spelling: simplified, half-width, without signs, so that 高龄津贴 and 高齡津貼 are one."""

import re
from collections.abc import Iterable

from search.analysis import normalise

MOST_TAGS, LONGEST_TAG = 10, 12
_APART = re.compile(r"[,，、;；\s#]+")
_SIGNS = re.compile(r"[^\w]+")


def tags_of(text: str | Iterable[str]) -> list[str]:
    """Each once, in their order; at most ten of at most twelve characters."""
    words = _APART.split(text) if isinstance(text, str) else text
    plain = (_SIGNS.sub("", normalise(str(word)))[:LONGEST_TAG] for word in words)
    return list(dict.fromkeys(filter(None, plain)))[:MOST_TAGS]
