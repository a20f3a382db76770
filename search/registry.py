"""Where apps hand in what can be searched. `search` itself knows none of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from .documents import Document, FilePage


@dataclass(frozen=True)
class Place:
    """A place that a query names: `word` is the name as typed, `label` tells it from others of the same name."""

    word: str
    code: str
    label: str
    url: str


@dataclass(frozen=True)
class DocumentKind:
    """One kind of public thing.

    Attributes:
        build: keys -> documents of those that are public now; a key that is missing in the answer is not public.
        all_keys: every public key, by pages.
        public_count: how many are public.
        search_plain: (query, limit) -> documents, by a plain database query, for when the engine is away.
        file_pages: keys -> the pages of the files that the public version shows.
    """

    name: str
    label: Any
    model: type[Model]
    build: Callable[[Sequence[str]], dict[str, Document]]
    all_keys: Callable[[], Iterator[str]]
    public_count: Callable[[], int]
    search_plain: Callable[[str, int], list[Document]]
    file_pages: Callable[[Sequence[str]], dict[str, tuple[FilePage, ...]]] = lambda keys: {}


@dataclass(frozen=True)
class TermSource:
    """A text that the search box may offer.

    Attributes:
        weight: of two equally good matches the heavier is offered first.
        source: what people read beside it, at most 20 characters.
        also: other names that lead to it and that spelling knows, such as 低保, or a village's name without 村.
    """

    text: str
    weight: int
    source: Any
    also: tuple[str, ...] = ()


class Registry:
    def __init__(self) -> None:
        self.kinds: dict[str, DocumentKind] = {}
        self.excluded: dict[type[Model], str] = {}
        self.term_sources: list[Callable[[], Iterable[TermSource]]] = []
        self.place_labels: Callable[[Iterable[str]], dict[str, str]] = lambda codes: {code: code for code in codes}
        self.place_children: Callable[[str | None], list[tuple[str, str]]] = lambda code: []
        self.find_places: Callable[[Sequence[str]], list[Place]] = lambda names: []
        self.places_above: Callable[[str], list[str]] = lambda code: []


registry = Registry()


def register(kind: DocumentKind) -> None:
    registry.kinds[kind.name] = kind


def exclude(model: type[Model], reason: str) -> None:
    """A public model that is deliberately not searched, and why."""
    registry.excluded[model] = reason


def register_place_labels(labels: Callable[[Iterable[str]], dict[str, str]]) -> None:
    """Codes of places -> their names."""
    registry.place_labels = labels


def register_place_children(children: Callable[[str | None], list[tuple[str, str]]]) -> None:
    """A code, or None for the whole site -> (code, name) of the places below."""
    registry.place_children = children


def register_place_finder(find: Callable[[Sequence[str]], list[Place]], above: Callable[[str], list[str]]) -> None:
    """Names as typed -> the places so called; a code -> the codes above it, the nearest first."""
    registry.find_places = find
    registry.places_above = above


def register_terms(source: Callable[[], Iterable[TermSource]]) -> None:
    """Texts to offer while somebody types; read outside of requests, after `suggest.refresh.ask_refresh()`."""
    registry.term_sources.append(source)
