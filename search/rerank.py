"""The second look at the best hundred: how often the query's pairs and single characters stand in the text, the rarer the better.

Finds what the words miss, such as 赔钱 in a text that says 赔偿; gains as much as a field of pairs would, without its cost in the
index (docs/search.md).
"""

from collections.abc import Sequence
from math import log

from .analysis import normalise, telling_runs
from .engines.base import Hit

WINDOW = 100
PAIRS, SINGLES = 0.5, 0.25  # against a score of the engine's words; flat from half to double (docs/search.md)
_TIMES, _LENGTH = 1.2, 0.75  # BM25's: how soon a repeated piece counts no more, how much a longer text counts against it
_MOST = 20_000  # characters of a text that are looked at: a book must not hold up a search
_MOST_PIECES = 64  # also keeps the sum below the engines' tiers


def rerank(hits: Sequence[Hit], query: str) -> list[Hit]:
    """Order by the engine's score plus the pieces found, each weighted by its rarity among these hits; ties keep their order."""
    runs = telling_runs(normalise(query))
    if not runs or len(hits) < 2:
        return list(hits)
    texts = [normalise(hit.document.title + hit.document.body[:_MOST]) for hit in hits]  # taking the signs out costs more than it finds
    pairs, singles = _scores(texts, _pieces(runs, 2)), _scores(texts, _pieces(runs, 1))
    scores = [hit.score + PAIRS * two + SINGLES * one for hit, two, one in zip(hits, pairs, singles, strict=True)]
    order = sorted(range(len(hits)), key=lambda n: (-scores[n], n))
    return [Hit(hits[n].document, scores[n]) for n in order]


def _pieces(runs: Sequence[str], size: int) -> list[str]:
    pieces = dict.fromkeys(run[start : start + size] for run in runs for start in range(len(run) - size + 1))
    return list(pieces)[:_MOST_PIECES]


def _scores(texts: Sequence[str], pieces: Sequence[str]) -> list[float]:
    """BM25 of the pieces in each text, these texts being all there are."""
    mean = sum(map(len, texts)) / len(texts) or 1
    norms = [_TIMES * (1 - _LENGTH + _LENGTH * len(text) / mean) for text in texts]
    scores = [0.0] * len(texts)
    for piece in pieces:
        counts = [text.count(piece) for text in texts]
        rarity = log(1 + len(texts) / max(1, sum(map(bool, counts)))) * (_TIMES + 1)
        for place, count in enumerate(counts):
            if count:
                scores[place] += rarity * count / (count + norms[place])
    return scores
