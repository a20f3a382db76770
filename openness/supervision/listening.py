"""The ledger hears of publications, new catalogues and changes of the tree in their own transactions."""

from collections.abc import Iterable, Sequence
from typing import Any

from catalog.models import Standard
from openness.disclosures.models import Disclosure

from .services.generate import generate
from .services.place import put_in_place
from .services.settle import settle_for


def settle_cells(disclosures: Sequence[Disclosure], **_kwargs: Any) -> None:
    settle_for(disclosures)


def generate_for_area(standard: Standard, **_kwargs: Any) -> None:
    generate(areas=[standard.area])


def generate_for_units(paths: Iterable[str], **_kwargs: Any) -> None:
    """New, renamed, moved or retired units: `paths` are those of units that existed before."""
    put_in_place(paths)
    generate()
