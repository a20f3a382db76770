"""The second look at the best hundred: how many of the query's pairs of characters stand in the text, the rarer the better.

Gains as much as a field of bigrams would, without its cost in the index (docs/search.md).
"""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from math import log

from .analysis import normalise, squeezed
from .engines.base import Hit

WINDOW = 100
WEIGHT = 1.0
_MOST = 20_000  # characters of a text that are looked at: a book must not hold up a search


def rerank(hits: Sequence[Hit], query: str) -> list[Hit]:
    """Order by the engine's score plus the pairs found, each weighted by its rarity among these hits; ties keep their order."""
    squeezed_query = squeezed(query)
    pairs = {squeezed_query[n : n + 2] for n in range(len(squeezed_query) - 1)}
    if not pairs or len(hits) < 2:
        return list(hits)
    found = _pairs_found(pairs, [hit.document.title + hit.document.body[:_MOST] for hit in hits])
    rarity = {pair: log(1 + len(hits) / max(1, sum(pair in some for some in found))) for pair in pairs}
    scores = [hit.score + WEIGHT * sum(rarity[pair] for pair in some) for hit, some in zip(hits, found, strict=True)]
    order = sorted(range(len(hits)), key=lambda n: (-scores[n], n))
    return [Hit(hits[n].document, scores[n]) for n in order]


def _pairs_found(pairs: Set[str], texts: Sequence[str]) -> list[set[str]]:
    """The pairs in each text once normalised, signs between the two characters not counted.

    Most stand there as they are; normalising every text, or removing its signs, would cost more than all the rest of a search.
    """
    apart = {pair: re.compile(rf"{re.escape(pair[0])}[\W_]+{re.escape(pair[1])}").search for pair in pairs}
    return [_found_in(text, pairs, apart) for text in texts]


def _found_in(text: str, pairs: Set[str], apart: Mapping[str, Callable[[str], object]]) -> set[str]:
    found = {pair for pair in pairs if pair in text}
    if len(found) == len(pairs):
        return found
    plain = normalise(text)
    if plain != text:
        found = {pair for pair in pairs if pair in plain}
    return found | {pair for pair in pairs - found if pair[0] in plain and pair[1] in plain and apart[pair](plain)}
