"""What rules read and say. Everything from the database is gathered for a batch of texts before: rules ask nothing."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from search.analysis import normalise

from ..spots import Spot, kept
from .personal import Words, mask


@dataclass(frozen=True)
class Place:
    """The words at one place: 标题, 一句话看懂 or 第 2 段."""

    label: str
    words: str


@dataclass(frozen=True)
class Text:
    """One disclosure as residents read it. `files` and `photos` are primary keys; `links` are (place, address).

    `places` are whole blocks; `spots` the same words cell by cell, where personal data is looked for. `answers` maps an element that has
    a field of its own, normalised, to whether anything was said to it.
    """

    key: int
    title: str
    period: str
    category: str
    elements: tuple[str, ...]
    own_names: tuple[str, ...]
    own_phones: frozenset[str]
    places: tuple[Place, ...]
    spots: tuple[Spot, ...] = ()
    has_table: bool = False
    files: tuple[int, ...] = ()
    photos: tuple[int, ...] = ()
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
    """What is known of an attachment's file. `readable` is None while nobody has read it; `pages` are its words, each as (label, words).

    `owner` is the path of the unit that it belongs to, "" for the site's own.
    """

    title: str
    readable: bool | None = None
    why: str = ""
    words: str = ""
    pages: tuple[tuple[str, str], ...] = ()
    owner: str = ""

    @property
    def name(self) -> str:
        """Short enough for a line, and masked."""
        return mask(self.title)[:20]

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Its name and its pages: what stands in a file cannot be hidden from here."""
        name = Spot(_("附件“{title}”的名称").format(title=self.name), Words(self.title), kept)
        return (name, *(Spot(place.label, Words(place.words), kept) for place in self.places))

    @property
    def places(self) -> Iterator[Place]:
        for label, words in self.pages:
            yield Place(_("附件“{title}”{page}").format(title=self.name, page=label[:12]), words)


@dataclass(frozen=True)
class Picture:
    """A photograph of the text; `file` can be opened, for the rule that looks into it."""

    title: str
    owner: str
    file: Any


@dataclass(frozen=True)
class Source:
    """The earlier text that one was copied from. `again`: it answers the same item and period of the same unit."""

    key: int
    title: str
    where: str
    again: bool = False


@dataclass(frozen=True)
class Objected:
    """An earlier notice, and how many objections to it have no answer yet."""

    title: str
    number: int


@dataclass(frozen=True)
class Batch:
    """`broken` maps an address to why it does not open; `copies` a text to its source; `words` a wrong word to the right one;
    `objections` a text to the notices before it that wait for answers.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[int, File] = field(default_factory=dict)
    photos: Mapping[int, Picture] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[int, Source] = field(default_factory=dict)
    objections: Mapping[int, Sequence[Objected]] = field(default_factory=dict)

    def files_of(self, text: "Text") -> Iterator[tuple[int, File]]:
        """Those that are known, in the order of the text."""
        yield from ((key, self.files[key]) for key in text.files if key in self.files)

    def places(self, text: "Text") -> Iterator[Place]:
        """Where the text has words, those of its files that were read included."""
        yield from text.places
        for _key, file in self.files_of(text):
            yield from file.places


@dataclass(frozen=True)
class Found:
    """`mark` tells several at one place apart. `shown` and `advice` are said to the writer only, between place and sentence and behind it."""

    place: str
    sentence: str
    quote: str = ""
    mark: str = ""
    source: int | None = None
    shown: str = ""
    advice: str = ""


def mark_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def around(words: str, start: int, end: int, reach: int = 12) -> str:
    """The words with a little of what stands around them, on one line."""
    return " ".join(words[max(0, start - reach) : end + reach].split())


def first_per_mark(found: Sequence[Found]) -> list[Found]:
    """One a place and mark."""
    return list({(one.place, one.mark): one for one in reversed(found)}.values())[::-1]
