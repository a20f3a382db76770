"""The token fields of a document, the same for every engine."""

from collections.abc import Sequence
from datetime import date

from ..analysis import characters, index_words, normalise, squeezed
from ..documents import Document

# Goes up whenever what is indexed, or how, changes: an index of another layout is rebuilt at the start of the worker.
LAYOUT = 3
# Tiers above any BM25 score: the exact title or number, then the whole query inside a title, then inside the text.
EXACT, IN_TITLE, IN_TEXT = 10_000.0, 1_000.0, 8.0
INSIDE = 0.5  # of a place that was named and nothing else: below whatever says the name
MOST_PHRASE = 200
_GAP = ["\x00"]  # stands between title and body, so that no phrase runs over the border


def token_fields(document: Document) -> dict[str, str]:
    """Space-separated tokens. `words` counts the title twice: what BM25F with a small title weight comes to."""
    title, body = normalise(document.title), normalise(document.body)
    title_words, title_characters = index_words(title), characters(title)
    pages = [(page.url, normalise(page.text)) for page in document.files]
    return {
        "words": " ".join([*title_words, *title_words, *index_words(body), *(word for _url, page in pages for word in index_words(page))]),
        "title_chars": " ".join(title_characters),
        "chars": " ".join([*title_characters, *_GAP, *characters(body), *_file_characters(pages)]),
    }


def _file_characters(pages: Sequence[tuple[str, str]]) -> list[str]:
    """A phrase may run over the pages of one file, never from one file into another."""
    found, before = [], None
    for url, text in pages:
        found += ([] if url == before else _GAP) + characters(text)
        before = url
    return found


def number_of(day: date) -> int:
    """A day as both engines index it: 20261124."""
    return day.year * 10_000 + day.month * 100 + day.day


def exact_values(document: Document) -> set[str]:
    """What an exact look-up may name: title, document number, index number."""
    return {squeezed(document.title), squeezed(document.number), squeezed(document.index_number)} - {""}


def unit_of(document: Document) -> str:
    """The code of the very unit that published it."""
    return document.place[-1] if document.place else ""


def facet_values(document: Document) -> dict[str, Sequence[str]]:
    single = {"field": document.field, "item": document.item, "category": document.category, "year": document.year}
    return {"place": document.place, "tag": document.tags, **{name: [value] for name, value in single.items() if value}}
