"""Names of what a page depends on. A page names few; a change names the places that it concerns and all above them."""

import contextlib
from collections.abc import Collection, Iterable, Iterator
from contextvars import ContextVar

SITE = "site"  # every page depends on it: units, catalogues, the frame, whatever nobody said more about
ANY = "any"  # changes with every change: for pages that show something of everything
MOST = 200  # a change of more places than this is one of the site

_told: ContextVar[frozenset[str] | None] = ContextVar("told", default=None)


def of_place(path: str) -> str:
    """The topic of a place in the tree: what it and everything below it published."""
    return f"place:{path}"


def of_places(paths: Iterable[str]) -> frozenset[str]:
    """The topics of these places, or of the site where they are too many to name. The paths above have to be among them."""
    found = frozenset(of_place(path) for path in paths)
    return found if len(found) <= MOST else frozenset({SITE})


@contextlib.contextmanager
def changing(topics: Collection[str]) -> Iterator[None]:
    """Whatever is written inside concerns only these topics and those of the acts around it; none where no public page shows it."""
    token = _told.set(frozenset(topics) | (_told.get() or frozenset()))
    try:
        yield
    finally:
        _told.reset(token)


def told() -> frozenset[str]:
    """What a change made now concerns: everything, where nobody said."""
    found = _told.get()
    return frozenset({SITE}) if found is None else found
