"""What the sitemap lists (sitemaps.org 0.9): sections, each cut into files by ranges of keys, so that no file and no query grows with the site.

A file holds the rows whose keys lie in its range: it is found by the primary key, and a publication changes one file. The index is one grouped
query a section: which files there are, and when the newest text in each was published.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, IntegerField, Max, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.participation.models import State, Submission
from openness.supervision.models import Notice
from openness.units.models import Unit
from openness.units.names import Level

A_FILE = 20_000  # keys; 50,000 are allowed
_BATCH = 2_000
Entry = tuple[str, datetime | None]


@dataclass(frozen=True)
class Section:
    """Addresses of one kind.

    Attributes:
        rows: what is public now.
        address: the columns named in `columns` -> the path.
        changed: the column that says when the published version was published.
    """

    name: str
    rows: Callable[[], QuerySet[Any]]
    columns: tuple[str, ...]
    address: Callable[..., str]
    changed: str = ""

    def files(self) -> list[tuple[int, datetime | None]]:
        """(number, when the newest in it was published) of the files that hold something. One query."""
        number = Cast(F("pk") / Value(A_FILE), IntegerField())
        rows = self.rows().order_by().annotate(in_file=number).values("in_file")
        if not self.changed:
            return [(found, None) for found in rows.distinct().values_list("in_file", flat=True).order_by("in_file")]
        return list(rows.annotate(newest_in_file=Max(self.changed)).values_list("in_file", "newest_in_file").order_by("in_file"))

    def entries(self, number: int) -> Iterator[Entry]:
        """The addresses of a file. One query, read by batches."""
        rows = self.rows().filter(pk__gte=number * A_FILE, pk__lt=(number + 1) * A_FILE).order_by("pk")
        columns = (*self.columns, *([self.changed] if self.changed else []))
        for row in rows.values_list(*columns).iterator(chunk_size=_BATCH):
            yield self.address(*row[: len(self.columns)]), row[-1] if self.changed else None


def _pages() -> QuerySet[Page]:
    """Below the home page, and open to everybody."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return Page.objects.live().public().descendant_of(site.root_page, inclusive=True) if site else Page.objects.none()


def _page_address(path: str) -> str:
    """Of `url_path`, which begins with the home page's own slug."""
    return "/" + path.split("/", 2)[2]


def _disclosures() -> QuerySet[Disclosure]:
    over = Q(comes_down=True, notice_until__lt=timezone.localdate())
    return Disclosure.objects.public().exclude(over)


SECTIONS = (
    Section("pages", _pages, ("url_path",), _page_address, "last_published_at"),
    Section("units", lambda: Unit.objects.filter(active=True, level__gte=Level.COUNTY), ("code",), lambda code: reverse("unit", args=[code])),
    Section("items", Item.objects.in_force, ("pk",), lambda pk: reverse("item", args=[pk])),
    Section("disclosures", _disclosures, ("pk",), lambda pk: reverse("disclosure", args=[pk]), "last_published_at"),
    Section(
        "messages", lambda: Submission.objects.on_board().filter(state=State.ANSWERED), ("number",),
        lambda number: reverse("message", args=[number]), "answered_at",
    ),
    Section("notices", lambda: Notice.objects.filter(issued_at__isnull=False), ("pk",), lambda pk: reverse("progress_notice", args=[pk]), "issued_at"),
)  # fmt: skip
BY_NAME = {section.name: section for section in SECTIONS}
# Addresses of lists, which no table holds.
LISTS = ("catalog", "progress", "progress_scores", "progress_method", "progress_notices", "messages", "requests", "site_map")


def list_entries() -> Iterator[Entry]:
    yield from ((reverse(name), None) for name in LISTS)
