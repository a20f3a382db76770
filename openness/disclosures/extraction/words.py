"""Text as it can be stored and searched."""

import re
from itertools import pairwise

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\x0b\x0c\u3000\xa0]+")
_LINES = re.compile(r" ?[\r\n]\s*")
_CHINESE = re.compile(r"[\u3007\u3400-\u9fff，、“”（）《》]")
_FULL, _SHORTEST_FULL = 0.85, 18


def clean(text: str) -> str:
    """No control characters and no broken surrogates: PostgreSQL stores neither. One space is enough, and so is one line break."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return _LINES.sub("\n", _SPACES.sub(" ", _CONTROL.sub("", whole))).strip()


def join_wrapped(text: str) -> str:
    """A PDF breaks lines at the paper's edge, in the middle of Chinese words: full lines continue in the next one."""
    lines = text.split("\n")
    full = max(_SHORTEST_FULL, max(map(len, lines)) * _FULL)
    joined = lines[:1]
    for before, line in pairwise(lines):
        if len(before) >= full and _CHINESE.match(before[-1:]) and _CHINESE.match(line):
            joined[-1] += line
        else:
            joined.append(line)
    return "\n".join(joined)
