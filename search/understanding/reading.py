"""Reading a query: 搜登站 低保怎么办 asks for 低保, near 搜登站镇, and also for 最低生活保障."""

from collections import Counter
from dataclasses import dataclass

from ..analysis import is_name, normalise, query_words, squeezed
from ..registry import Place, registry
from .question_words import ASKING, IGNORED, MARKS
from .synonyms import Meaning, meanings

MOST_PLACES = 20  # a name that more places than this share says nothing


@dataclass(frozen=True)
class Understanding:
    """What was made of the words.

    Attributes:
        words: what ranks, question words and names of places left out.
        rest: the same as one squeezed text, if it stands in one piece in what was typed; else empty.
        places: the places named, and `place_words`, the words that named them.
        meanings: what else is searched.
        asks: somebody wants an answer, not only a list.
    """

    words: tuple[str, ...] = ()
    rest: str = ""
    places: tuple[Place, ...] = ()
    place_words: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    asks: bool = False


NOTHING = Understanding()


def understand(text: str) -> Understanding:
    """Raises nothing, whatever was typed."""
    cut = list(query_words(normalise(text)))
    places = _places(cut)
    named = {place.word for place in places}
    kept = [word for word in cut if word not in IGNORED and word not in named]
    if not kept and not named:
        kept = cut
    return Understanding(
        words=tuple(dict.fromkeys(kept)),
        rest=_in_one_piece(kept, text) if len(kept) < len(cut) else "",
        places=places,
        place_words=tuple(word for word in cut if word in named),
        meanings=meanings(squeezed(text)),
        asks=any(word in ASKING for word in cut) or any(mark in text for mark in MARKS),
    )


def _places(words: list[str]) -> tuple[Place, ...]:
    names = list(dict.fromkeys(word for word in words if is_name(word)))
    found = registry.find_places(names) if names else []
    sharing = Counter(place.word for place in found)
    return tuple(place for place in found if sharing[place.word] <= MOST_PLACES)


def _in_one_piece(words: list[str], text: str) -> str:
    rest = squeezed("".join(words))
    return rest if rest and rest in squeezed(text) else ""
