"""一网通答: for a question, the passage that answers it, word for word and with its source; or nothing.

A passage must hold most of what the question is about, weighed by rarity among the best hits, and, where the question asks for
a number or a time, one of these. Nothing is written anew: what is shown stands in a published document.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from .analysis import index_words, normalise
from .documents import Document
from .engines.base import Hit

_LOOKED_AT, _CHARACTERS_LOOKED_AT = 5, 6000
_LONGEST = 140
ENOUGH = 0.6
_IN_TITLE = 0.5
_SENTENCES = re.compile(r"[^。！？；]+[。！？；]?")
_NUMBER = re.compile(r"[0-9０-９一二两三四五六七八九十百千万]")
_COUNTED = re.compile(r"多少|几|多久|多长|何时|什么时候|哪天|电话")


@dataclass(frozen=True)
class Answer:
    """The very words, and the document they stand in."""

    words: str
    document: Document


def answer(question: str, words: Sequence[str], hits: Sequence[Hit]) -> Answer | None:
    """The best passage of the best hits; None if none holds enough of the question."""
    wanted = {word for word in words if len(word) > 1}
    looked_at = [(hit.document, set(_cut(hit.document.title)), list(_passages(hit.document.body))) for hit in hits[:_LOOKED_AT]]
    if not wanted or not looked_at:
        return None
    rarity = _rarity(wanted, [(title, passages) for _document, title, passages in looked_at])
    needs_number = bool(_COUNTED.search(question))
    best, found = 0.0, None
    for document, title, passages in looked_at:
        for text, held in passages:
            share = _share(rarity, held, title)
            if share > best and held & wanted and not (needs_number and not _NUMBER.search(text)):
                best, found = share, Answer(text, document)
    return found if best >= ENOUGH else None


def _rarity(wanted: set[str], looked_at: Sequence[tuple[set[str], list[tuple[str, set[str]]]]]) -> dict[str, float]:
    held = [title.union(*(words for _text, words in passages)) for title, passages in looked_at]
    return {word: log(2 + len(held) / (1 + sum(word in some for some in held))) for word in wanted}


def _share(rarity: dict[str, float], passage: set[str], title: set[str]) -> float:
    """How much of the question stands in the passage; what only the title says counts half."""
    got = sum(weight * (1.0 if word in passage else _IN_TITLE if word in title else 0.0) for word, weight in rarity.items())
    return got / sum(rarity.values())


def _passages(body: str) -> Iterator[tuple[str, set[str]]]:
    """One to three sentences in a row of one paragraph, no longer than can be read at a glance."""
    for line in body[:_CHARACTERS_LOOKED_AT].splitlines():
        sentences = [part.strip() for part in _SENTENCES.findall(line) if part.strip()]
        cut = [set(_cut(sentence)) for sentence in sentences]
        for start in range(len(sentences)):
            for end in range(start + 1, min(start + 3, len(sentences)) + 1):
                text = "".join(sentences[start:end])
                if len(text) <= _LONGEST:
                    yield text, set().union(*cut[start:end])


def _cut(text: str) -> list[str]:
    return index_words(normalise(text))
