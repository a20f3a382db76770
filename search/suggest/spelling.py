"""您是不是要找: a word that nothing here is called by, and one that sounds or looks like it and is found.

Word by word: the text is cut, and every run of neighbouring words that the vocabulary does not know is compared with it, by sound
first, then by one character more, less, other or swapped. Documents have the last word: what they say often enough is right.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..analysis import normalise, query_words
from .keys import LONGEST_WORD, MOST_TYPED, Kind, marked, shortened, sound, syllables
from .models import Term, TermKey
from .shape import one_apart, shared

FEW = 3  # what documents literally say so often is no mistake
_MOST_WORDS = 20
_MOST_TRIED = 6
_PIECE = re.compile(r"(?<!\S)[-－]\S+|([^\W_]+)")  # what a minus leaves out is not looked at


@dataclass(frozen=True)
class _Window:
    """A run of neighbouring words: where it stands, how it is read; `known` if words of the vocabulary cover it."""

    start: int
    text: str
    letters: str
    known: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def overlaps(self, other: "_Window") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class _Replacement:
    window: _Window
    word: str


def corrected(text: str, found: Callable[[str], int]) -> str | None:
    """The text with wrongly written words replaced, or None if there is nothing better to offer. Never raises for a text.

    Args:
        text: a query as typed; its first 60 characters and 20 words are looked at.
        found: how many documents a query finds; “words in quotation marks” are meant literally. Called at most 13 times,
            seldom more than twice.
    """
    text = normalise(text)
    windows = _windows(text)
    known = _terms({marked(Kind.WORD, window.text) for window in windows} | {_sound_key(window) for window in windows})
    windows = _judged(windows, known)
    wrong = [window for window in windows if not window.known]
    if not wrong and (not windows or found(text) >= FEW):
        return None
    chosen = _chosen(_by_sound(wrong or windows, known), found) or _chosen(_by_shape(wrong), found)
    for one in sorted(chosen, key=lambda one: -one.window.start):
        text = text[: one.window.start] + one.word + text[one.window.end :]
    return text if chosen else None


def _windows(text: str) -> list[_Window]:
    """Runs of 2 to 12 characters, or of any number of letters, none over a space or sign."""
    found: list[_Window] = []
    words = 0
    for piece in _PIECE.finditer(text[:MOST_TYPED]):
        if piece[1] and words < _MOST_WORDS:
            cut = query_words(piece[1])[: _MOST_WORDS - words]
            words += len(cut)
            found += _runs(cut, piece.start(1))
    return found


def _runs(words: Sequence[str], start: int) -> Iterator[_Window]:
    piece, ends = "".join(words), [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    readings = syllables(piece)
    for number, first in enumerate(ends):
        for last in ends[number + 1 :]:
            if 1 < last - first <= LONGEST_WORD or piece[first:last].isascii():
                yield _Window(start + first, piece[first:last], "".join(readings[first:last]))


def _terms(keys: Iterable[bytes]) -> dict[bytes, list[Term]]:
    """The words of the vocabulary that have these keys. One query."""
    rows: dict[bytes, list[Term]] = {}
    for row in TermKey.objects.filter(key__in=list(keys), kind__gte=Kind.WORD).select_related("term"):
        rows.setdefault(bytes(row.key), []).append(row.term)
    return rows


def _sound_key(window: _Window) -> bytes:
    return marked(Kind.SOUND, sound(window.letters))


def _judged(windows: Sequence[_Window], terms: dict[bytes, list[Term]]) -> list[_Window]:
    named = [window for window in windows if marked(Kind.WORD, window.text) in terms]
    sure = {place for window in named for place in range(window.start, window.end)}
    return [replace(window, known=sure.issuperset(range(window.start, window.end))) for window in windows]


def _by_sound(windows: Sequence[_Window], terms: dict[bytes, list[Term]]) -> list[_Replacement]:
    """The longest runs first; of words that sound alike the one with more of the same characters, then the more usual one."""
    ranked = [
        ((-len(window.text), -shared(window.text, term.text), not exact, -term.uses, term.text), _Replacement(window, term.text))
        for window in windows
        for term in terms.get(_sound_key(window), ())
        if term.text != window.text
        for exact in [term.pinyin.replace(" ", "") == window.letters]
        if exact or (len(term.text) == len(window.text) and (len(term.text) > 2 or shared(window.text, term.text)))
    ]
    return [one for _rank, one in sorted(ranked, key=lambda pair: pair[0])]


def _by_shape(windows: Sequence[_Window]) -> list[_Replacement]:
    """Words that one character more, less or other, or two swapped, turn into these runs."""
    keys = {window: set(_shape_keys(window.text)) for window in windows if not window.text.isascii()}
    terms = _terms(set().union(*keys.values())) if keys else {}
    ranked = {
        (-len(window.text), -term.uses, term.text): _Replacement(window, term.text)
        for window, wanted in keys.items()
        for key in wanted
        for term in terms.get(key, ())
        if one_apart(window.text, term.text)
    }
    return [one for _rank, one in sorted(ranked.items())]


def _shape_keys(text: str) -> Iterator[bytes]:
    yield marked(Kind.SHORTENED, text)
    for shorter in shortened(text):
        yield marked(Kind.SHORTENED, shorter)
        yield marked(Kind.WORD, shorter)


def _chosen(replacements: Sequence[_Replacement], found: Callable[[str], int]) -> list[_Replacement]:
    """Those that would find more, side by side; what documents say as it was typed stays."""
    chosen: list[_Replacement] = []
    for one in replacements[:_MOST_TRIED]:
        if any(one.window.overlaps(other.window) for other in chosen):
            continue
        before = found(f"“{one.window.text}”")
        if before < FEW and found(f"“{one.word}”") > before:
            chosen.append(one)
    return chosen
