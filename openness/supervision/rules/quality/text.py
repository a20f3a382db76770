"""What checkers read and say. Everything from the database is gathered for a batch of texts before: checkers ask nothing."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext as _

from openness.disclosures.rules.personal import mask
from search.analysis import normalise

from ...models import CheckName


@dataclass(frozen=True)
class Place:
    """The words at one place: 标题, 一句话看懂 or 第 2 段."""

    label: str
    words: str


@dataclass(frozen=True)
class Text:
    """One public disclosure as residents read it. `files` are primary keys of attachments; `links` are (place, address).

    `answers` maps an element that has a field of its own, normalised, to whether anything was said to it.
    """

    key: int
    title: str
    period: str
    category: str
    elements: tuple[str, ...]
    own_names: tuple[str, ...]
    own_phones: frozenset[str]
    places: tuple[Place, ...]
    has_table: bool = False
    files: tuple[int, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    answers: Mapping[str, bool] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The words without title and summary."""
        return "\n".join(place.words for place in self.places if place.label.startswith("第"))

    @property
    def whole(self) -> str:
        return normalise("\n".join(place.words for place in self.places))


@dataclass(frozen=True)
class File:
    """What is known of an attachment's file. `readable` is None while nobody has read it; `pages` are its words, each as (label, words)."""

    title: str
    readable: bool | None = None
    why: str = ""
    words: str = ""
    pages: tuple[tuple[str, str], ...] = ()

    @property
    def places(self) -> Iterator[Place]:
        for label, words in self.pages:
            yield Place(_("附件“{title}”{page}").format(title=mask(self.title)[:20], page=label[:12]), words)


@dataclass(frozen=True)
class Source:
    """The earlier text that one was copied from."""

    key: int
    title: str
    where: str


@dataclass(frozen=True)
class Batch:
    """`broken` maps an address to why it does not open; `copies` a text to its source; `words` a wrong word to the right one."""

    words: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[int, File] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[int, Source] = field(default_factory=dict)

    def places(self, text: "Text") -> Iterator[Place]:
        """Where the text has words, those of its files that were read included."""
        yield from text.places
        for key in text.files:
            if key in self.files:
                yield from self.files[key].places


@dataclass(frozen=True)
class Found:
    """`mark` tells several at one place apart."""

    place: str
    sentence: str
    quote: str = ""
    mark: str = ""
    source: int | None = None


class Checker(Protocol):
    name: CheckName

    def findings(self, text: Text, batch: Batch) -> Iterator[Found]: ...


def mark_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def around(words: str, start: int, end: int, reach: int = 12) -> str:
    """The words with a little of what stands around them, on one line."""
    return " ".join(words[max(0, start - reach) : end + reach].split())


def first_per_mark(found: Sequence[Found]) -> list[Found]:
    """One a place and mark."""
    return list({(one.place, one.mark): one for one in reversed(found)}.values())[::-1]
