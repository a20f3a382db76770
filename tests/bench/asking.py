"""What is asked in the benchmarks: addresses of the search page, by class, drawn from the documents themselves."""

from collections import Counter
from random import Random
from urllib.parse import urlencode

from search.analysis import normalise, query_words, squeezed
from search.documents import Document

from .documents import counties, document

_SAMPLE = 2000
EACH = 12


def addresses(number: int) -> dict[str, list[str]]:
    """Class -> query strings. `number` is how many documents there are, for how deep a page can be."""
    random = Random(7)
    sample = [document(n) for n in range(min(_SAMPLE, number))]
    common, middle, rare = words_by_frequency(sample)
    several = [" ".join(random.sample(_words_of(random.choice(sample), set(middle)), 3)) for _ in range(EACH)]
    phrases = [f"“{_stretch(random, random.choice(sample))}”" for _ in range(EACH)]
    deepest = max(2, min(500, number // 150))
    return {
        "one word, in a third of the documents": _asked(common),
        "one word, in 1–5 %": _asked(middle),
        "one word, rare": _asked(rare),
        "three words": _asked(several),
        "a phrase of 8 characters": _asked(phrases),
        "one word in one county": [urlencode({"q": word, "place": random.choice(counties())}) for word in middle],
        "no word, newest": [urlencode({"place": code}) for code in random.sample(counties(), EACH - 1)] + [""],
        f"page {deepest} of a common word": [urlencode({"q": word, "page": deepest}) for word in common],
    }


def words_by_frequency(sample: list[Document]) -> tuple[list[str], list[str], list[str]]:
    """A dozen words each: in 20–50 % of the documents, in 1–5 %, in one to three of the sample."""
    frequency = Counter(word for one in sample for word in set(query_words(normalise(f"{one.title} {one.body}"))))
    words = sorted((word, count / len(sample)) for word, count in frequency.items() if len(word) > 1 and not word.isascii())
    classes = ((0.2, 0.5), (0.01, 0.05), (0, 3.5 / len(sample)))
    return tuple(_some([word for word, share in words if low < share <= high]) for low, high in classes)  # type: ignore[return-value]


def _some(words: list[str]) -> list[str]:
    return Random(11).sample(words, min(EACH, len(words)))


def _words_of(one: Document, wanted: set[str]) -> list[str]:
    """Words of this document to ask for, those of middling frequency first."""
    words = sorted(
        {word for word in query_words(normalise(one.body)) if len(word) > 1 and not word.isascii()}, key=lambda w: (w not in wanted, w)
    )
    return words[:8]


def _stretch(random: Random, one: Document) -> str:
    text = squeezed(one.body)
    start = random.randrange(len(text) - 8)
    return text[start : start + 8]


def _asked(texts: list[str]) -> list[str]:
    return [urlencode({"q": text}) for text in texts]
