"""The fields (领域) of the catalogues in force, with what was published in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from catalog.models import Field
from catalog.models.standard import Status
from openness.disclosures.models import Disclosure


@dataclass(frozen=True)
class PublicField:
    """`key` is of one catalogue's field: counties of one site share names, not rows. `public` are disclosures, `items` what must be disclosed."""

    key: int
    name: str
    blurb: str
    items: int
    public: int


def public_fields() -> list[PublicField]:
    """Each name once, in the order of the catalogue. Two queries, however many units."""
    counts = dict(Disclosure.objects.public().order_by().values_list("item__field__name").annotate(Count("pk")))
    rows = Field.objects.filter(standard__status=Status.IN_FORCE).annotate(items_of=Count("items")).order_by("position", "pk")
    named = groupby(sorted(rows, key=lambda row: row.name), key=lambda row: row.name)
    found = [(rows_of[0].position, _merged(name, rows_of, counts.get(name, 0))) for name, group in named if (rows_of := list(group))]
    return [field for _position, field in sorted(found, key=lambda pair: (pair[0], pair[1].key))]


def _merged(name: str, rows: Sequence[Field], public: int) -> PublicField:
    blurb = next((row.blurb for row in rows if row.blurb), "")
    return PublicField(rows[0].pk, name, blurb, max(row.items_of for row in rows), public)  # type: ignore[attr-defined]


def most_read_about(fields: list[PublicField], number: int) -> list[PublicField]:
    """Those with most to read first."""
    return sorted(fields, key=lambda field: -field.public)[:number]
