"""Parts of a notice that other tables give, where they exist: spot checks and rectification orders."""

from collections.abc import Callable
from typing import Any, TypedDict

from openness.disclosures.periods import Period
from openness.units.models import Unit


class Section(TypedDict):
    """A table of the notice: kept in its figures, so plain JSON."""

    title: str
    headings: list[str]
    rows: list[list[Any]]


SectionOf = Callable[[Unit, Period], Section | None]
_SECTIONS: list[SectionOf] = []


def register_section(section_of: SectionOf) -> SectionOf:
    """A function that answers a table for a place and a period, or None where there is nothing to tell. Use as a decorator."""
    _SECTIONS.append(section_of)
    return section_of


def sections_for(place: Unit, period: Period) -> list[Section]:
    return [section for section_of in _SECTIONS if (section := section_of(place, period)) is not None]
