"""What the pages of acts share with the other pages of the admin."""

from openness.units.admin.common import (
    ForThose,
    at_or_below,
    back,
    may_for,
    may_somewhere,
    needs,
    page_of,
    place_asked,
    seen_or_404,
    tells_refusals,
    within,
)

__all__ = [
    "ForThose", "at_or_below", "back", "may_for", "may_somewhere", "needs", "page_of", "place_asked", "seen_or_404", "tells_refusals", "within",
]  # fmt: skip
