"""Marks around what was searched, over the raw text, and the two lines that show why a hit is one."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import normalise, squeezed
from .engines.base import Plan

_LENGTH, _BEFORE = 96, 16
_MOST = 20_000


def terms_of(plan: Plan) -> list[str]:
    """What to mark, longest first: the pieces as typed, the words, and what else was searched."""
    pieces = ["".join(part) for part in (*plan.phrases, *plan.literal, *(part for part, _score in plan.also))]
    return sorted({term for term in (*pieces, *plan.words) if term}, key=lambda term: (-len(term), term))


def marked(text: str, terms: Sequence[str]) -> SafeString:
    """The text, escaped, with <mark> around every occurrence of a term."""
    out, last = [], 0
    for start, end in _spans(text, terms):
        out += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return mark_safe("".join([*map(str, out), escape(text[last:])]))  # noqa: S308  (every piece is escaped above)


def snippet(body: str, terms: Sequence[str]) -> SafeString:
    """The stretch of the body with the first occurrence of the best term, marked; the beginning if there is none."""
    flat = " ".join(body[:_MOST].split())
    spans = _spans(flat, terms[:1]) or _spans(flat, terms)
    start = max(0, spans[0][0] - _BEFORE) if spans else 0
    part = flat[start : start + _LENGTH]
    return mark_safe(("…" if start else "") + marked(part, terms) + ("…" if start + _LENGTH < len(flat) else ""))  # noqa: S308


def first_term_in(text: str, terms: Sequence[str]) -> int | None:
    """The place in `terms` of the first one that the text holds, whatever signs stand between its characters; None if it holds none."""
    flat = squeezed(text)
    return next((number for number, term in enumerate(terms) if squeezed(term) in flat), None)


def _spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Where the terms stand in the raw text, without overlaps. Normalising may lengthen a character: positions are kept."""
    flat, origin = _aligned(text)
    taken = [False] * len(text)
    spans = []
    for term in terms:
        at = flat.find(term)
        while at >= 0:
            start, end = origin[at], origin[at + len(term) - 1] + 1
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                spans.append((start, end))
            at = flat.find(term, at + len(term))
    return sorted(spans)


def _aligned(text: str) -> tuple[str, Sequence[int]]:
    """The normalised text, and for each of its characters the position of the one it came from."""
    plain = normalise(text)
    if len(plain) == len(text):  # no character ever becomes shorter, so equal lengths mean equal positions
        return plain, range(len(text))
    parts = [normalise(character) for character in text]
    return "".join(parts), [position for position, part in enumerate(parts) for _ in part]
