"""What clerks wrote stays Chinese on a Korean page, and says so to screen readers. A machine's translation is never shown as official."""

import re

from .markup import Piece, Tag, end_of

_HAN = re.compile(r"[\u3400-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_CHINESE = "zh-CN"


def mark_chinese(found: list[Piece]) -> None:
    """`lang` on every element that holds one text and nothing else, and that text Chinese: titles, names, cells, paragraphs."""
    for at, tag in enumerate(found[:-2]):
        if isinstance(tag, Tag) and "lang" not in tag.attributes:
            text = found[at + 1]
            if isinstance(text, str) and end_of(tag.name, found[at + 2]) and _is_chinese(text):
                tag.add("lang", _CHINESE)


def _is_chinese(text: str) -> bool:
    return _HAN.search(text) is not None and _HANGUL.search(text) is None


def is_korean(text: str) -> bool:
    return _HANGUL.search(text) is not None
