"""What an engine must do. Nobody outside this folder knows which one runs."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date

from ..documents import Document

FACETS = ("place", "field", "item", "category", "year", "tag")
RELEVANCE, NEWEST, ENDING = "relevance", "newest", "ending"


class EngineAway(Exception):
    """The engine cannot answer now. Searches fall back to the database; writes are tried again."""


class DocumentRejected(Exception):
    """The engine will not take this document; trying again will not help."""


@dataclass(frozen=True)
class Index:
    document: Document
    version: int


@dataclass(frozen=True)
class Delete:
    uid: str
    version: int


Operation = Index | Delete


@dataclass(frozen=True)
class Plan:
    """A query as engines understand it: tokens, not text.

    Attributes:
        words: any of them may match, the more and the rarer the better.
        weighted: (word, weight) pairs that may match as well, each counting so much of what a typed word counts.
        phrases: sequences of characters that must all occur literally (quoted by the person).
        excluded: sequences of characters of which none may occur.
        literal: the pieces of the query as characters; a document with one of them is found even if no word matches.
        also: other sequences of characters that a document is found by, each with its score: synonyms, names of places.
        inside: codes of places; everything of these places is found, whatever it says.
        near: (field, code, share): a document whose `place` or `unit` is this code gains the share: 1.0 doubles its score.
        exact: the whole query squeezed: equal to a title, a document number or an index number it comes first.
        in_title: characters that the title must contain literally.
        groups: of each group one sequence of characters at least must occur literally; it ranks nothing.
        only: uids; nothing else is found. At most a thousand.
        filters: facet -> values, OR inside, AND between.
        since, until: bounds of the day of publication, both included.
        notice_from: only notices that end on this day or later.
    """

    words: tuple[str, ...] = ()
    weighted: tuple[tuple[str, float], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    literal: tuple[tuple[str, ...], ...] = ()
    also: tuple[tuple[tuple[str, ...], float], ...] = ()
    inside: tuple[str, ...] = ()
    near: tuple[tuple[str, str, float], ...] = ()
    exact: str = ""
    in_title: tuple[str, ...] = ()
    groups: tuple[tuple[tuple[str, ...], ...], ...] = ()
    only: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    notice_from: date | None = None
    sort: str = RELEVANCE
    offset: int = 0
    limit: int = 20

    @property
    def has_words(self) -> bool:
        return bool(self.words or self.weighted or self.phrases or self.literal or self.also or self.inside)


@dataclass(frozen=True)
class Hit:
    document: Document
    score: float


@dataclass(frozen=True)
class Found:
    """Hits of the wanted window, the number of all, and for each facet its values with counts, its own filter left out."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]


class Engine(ABC):
    label = ""  # what people call it
    needs_drain = False  # an embedded engine is written by a thread of the web process

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """Hold what must be held while rows are read and written: nobody else writes meanwhile.

        Raises:
            EngineAway: somebody else writes, or the engine is not there.
        """

    @abstractmethod
    def apply(self, operations: Sequence[Operation]) -> None:
        """Write a batch inside `writing()`; visible to searches when it returns.

        Raises:
            EngineAway: nothing of the batch is certain; send it again.
            DocumentRejected: one document is at fault; send the others one by one.
        """

    @abstractmethod
    def search(self, plan: Plan, facets: Sequence[str] = FACETS) -> Found: ...

    @abstractmethod
    def digests(self) -> Iterator[tuple[str, str]]:
        """(uid, digest) of every document in the index."""

    @abstractmethod
    def digests_of(self, uids: Sequence[str]) -> dict[str, str]:
        """Uid -> digest of those that are in the index; at most a few thousand at a time."""

    @abstractmethod
    def outdated(self) -> bool:
        """Whether the index was made for another layout of fields, by an earlier version: it must be rebuilt."""

    @abstractmethod
    def count(self) -> int: ...

    @abstractmethod
    def rebuild(self) -> AbstractContextManager["Engine"]:
        """A new, empty index to fill, by `apply` alone; unless it takes over, the current one stays.

        Raises:
            EngineAway: somebody else is rebuilding.
        """

    @abstractmethod
    def take_over(self) -> None:
        """This index, made by `rebuild`, becomes the one that answers. Call it inside `writing()` of the current one."""
