"""Which kept pages a change of policies makes old: the library's own, and those of the unit and of the places above it."""

from collections.abc import Iterator
from contextlib import contextmanager

from openness.disclosures.shown_at import shown_at
from openness.pagecache.topics import changing
from openness.units.models import Unit

POLICIES = "policies"  # the topic of every page of the library


@contextmanager
def policies_shown_at(unit: Unit) -> Iterator[None]:
    with changing({POLICIES}), shown_at(unit):
        yield
