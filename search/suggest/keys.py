"""What a term is found by: characters, pinyin and initials from the start of each of its words; sound and shape for spelling."""

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from ..analysis import index_words, normalise, squeezed

MOST_TYPED = 60
LONGEST_WORD = 12
_SHORTEST_SHAPE = 4  # below, one character is too much of a word to be a slip
_ACCENTED = re.compile("[\u00c0-\u024f]")
_HANZI = re.compile("[\u3007\u3400-\u9fff]")
_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"))


class Kind(IntEnum):
    """How a key finds its term, the better the smaller; from WORD on for spelling only."""

    TEXT = 0
    PINYIN = 1
    INITIALS = 2
    TEXT_INSIDE = 3
    PINYIN_INSIDE = 4
    INITIALS_INSIDE = 5
    WORD = 6
    SOUND = 7
    SHORTENED = 8


# Typed keys begin with a letter or digit: a first byte of their own keeps the others apart in the same index.
_MARK = {Kind.WORD: b"\x01", Kind.SOUND: b"\x02", Kind.SHORTENED: b"\x03"}


def typed_key(text: str) -> str:
    """What somebody typed as keys are written: squeezed, no tones, ü as v; at most 60 characters."""
    return squeezed(_ACCENTED.sub(_without_tone, normalise(text[: 10 * MOST_TYPED])))[:MOST_TYPED]


def _without_tone(found: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFD", found[0]).replace("u\u0308", "v")
    return "".join(part for part in parts if not unicodedata.combining(part))


def has_hanzi(text: str) -> bool:
    return _HANZI.search(text) is not None


def syllables(text: str) -> list[str]:
    """One syllable a character, as the phrase is read; what has no pinyin stands for itself."""
    from pypinyin import lazy_pinyin  # 60 MB of readings: only processes that need them load them

    return [syllable or character for character, syllable in zip(text, lazy_pinyin(text, errors=_one_by_one), strict=True)]


def _one_by_one(run: str) -> Any:
    """What has no pinyin, character by character (a list, which the library takes although its types do not say so)."""
    return list(run)


def find_keys(text: str, pinyin: list[str]) -> set[tuple[Kind, bytes]]:
    """Keys of a squeezed text for typing: from its start, and from the start of each word inside."""
    keys: set[tuple[Kind, bytes]] = set()
    for start in _starts(text):
        shift = 3 if start else 0
        letters = "".join(pinyin[start:])
        initials = "".join(syllable[:1] for syllable in pinyin[start:])
        for kind, key in ((Kind.TEXT, text[start:]), (Kind.PINYIN, letters), (Kind.INITIALS, initials)):
            keys.add((Kind(kind + shift), key[:MOST_TYPED].encode()))
    return keys


def _starts(text: str) -> set[int]:
    words = {word for word in index_words(text) if len(word) > 1}
    return {0} | {found.start() for word in words for found in re.finditer(re.escape(word), text)}


def spelling_keys(word: str, pinyin: list[str]) -> set[tuple[Kind, bytes]]:
    """Keys of a word of the vocabulary, or of a piece that may be one wrongly written."""
    keys = {(Kind.WORD, marked(Kind.WORD, word)), (Kind.SOUND, marked(Kind.SOUND, sound("".join(pinyin))))}
    return keys | {(Kind.SHORTENED, marked(Kind.SHORTENED, shorter)) for shorter in shortened(word)}


def marked(kind: Kind, text: str) -> bytes:
    return _MARK[kind] + text.encode()


def sound(letters: str) -> str:
    """Pinyin with what many people do not tell apart made equal: zh z, ch c, sh s, ng n, l n."""
    for told, heard in _FUZZY:
        letters = letters.replace(told, heard)
    return letters


def shortened(word: str) -> Iterator[str]:
    """The word without one of its characters, for each of them."""
    if _SHORTEST_SHAPE <= len(word) <= LONGEST_WORD:
        yield from {word[:place] + word[place + 1 :] for place in range(len(word))}
