"""What other apps know and the rules need. Each registers it when it is ready; until then nothing is known."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .text import Objected, Source, Text

if TYPE_CHECKING:
    from ..models import Disclosure


def _no_words() -> Mapping[str, str]:
    return {}


def _no_links(_addresses: Iterable[str]) -> Mapping[str, str]:
    return {}


def _no_copies(_rows: "Sequence[Disclosure]", _texts: Sequence[Text]) -> Mapping[int, Source]:
    return {}


def _no_objections(_rows: "Sequence[Disclosure]", _texts: Sequence[Text]) -> Mapping[int, Sequence[Objected]]:
    return {}


@dataclass
class Known:
    """`words`: a wrong word -> the right one. `foreign_links`: of these addresses of other sites those that did not open when asked last -> why;
    no host is asked now. `copies`: a text's key -> the earlier public text that it repeats. `objections`: a
    text's key -> the notices of its item that have open objections. Each takes a fixed number of queries.
    """

    words: Callable[[], Mapping[str, str]] = _no_words
    foreign_links: Callable[[Iterable[str]], Mapping[str, str]] = _no_links
    copies: "Callable[[Sequence[Disclosure], Sequence[Text]], Mapping[int, Source]]" = _no_copies
    objections: "Callable[[Sequence[Disclosure], Sequence[Text]], Mapping[int, Sequence[Objected]]]" = _no_objections


KNOWN = Known()
