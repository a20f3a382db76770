"""Which kept pages a change of disclosures makes old: those of its places and of the places above them."""

from collections.abc import Iterable
from contextlib import AbstractContextManager

from openness.pagecache.topics import changing, of_places
from openness.units.models import Unit, line_of


def shown_at(*units: Unit) -> AbstractContextManager[None]:
    """What is written inside concerns these units, all loaded, and those above them."""
    return changing(of_places(_lines(unit.path for unit in units)))


def _lines(paths: Iterable[str]) -> set[str]:
    return {one for path in set(paths) for one in line_of(path)}
