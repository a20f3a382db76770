"""What one-network search knows of a power: the entries of the versions in force today.

A version that begins later, or ends because the next begins, changes no row: the sweep of the worker finds the difference by itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openness.units.models import Unit, line_of
from search import registry
from search.documents import Document
from search.outbox import touch_query

if TYPE_CHECKING:
    from .models import PowerEntry

KIND = "power"
_PAGE = 2000


def register() -> None:
    from .models import PowerEntry, PowerList

    registry.register(
        registry.DocumentKind(
            name=KIND, label=_("权责和许可"), model=PowerEntry, build=build, all_keys=all_keys,
            public_count=lambda: _public().count(), search_plain=search_plain,
        )
    )  # fmt: skip
    registry.exclude(PowerList, "found through its entries")


def tell_versions(keys: Iterable[int]) -> None:
    from .models import PowerEntry

    touch_query(KIND, PowerEntry.objects.filter(version__in=list(keys)))


def touch_below(paths: Iterable[str], **_kwargs: Any) -> None:
    """Units were renamed, moved or retired."""
    for path in paths:
        touch_query(KIND, _public().filter(version__power_list__unit__path__startswith=path))


def _public() -> "QuerySet[PowerEntry]":
    from .models import PowerEntry, PowerList

    current = PowerList.objects.with_current(timezone.localdate()).values("current_id")
    return PowerEntry.objects.filter(version__in=Subquery(current))


def build(keys: Sequence[str]) -> dict[str, Document]:
    """The public documents among these keys; whoever is missing is not public."""
    rows = list(_public().filter(pk__in=[int(key) for key in keys]).select_related("version__power_list__unit"))
    return {document.key: document for document in _documents(rows)}


def _documents(rows: "Sequence[PowerEntry]") -> Iterator[Document]:
    wanted = {path for row in rows for path in line_of(row.version.power_list.unit.path)}
    places = {
        path: (code, name, level)
        for path, code, name, level in Unit.objects.filter(path__in=wanted).values_list("path", "code", "short_name", "level")
    }
    for row in rows:
        power_list = row.version.power_list
        line = [places[path] for path in line_of(power_list.unit.path)]
        said = (row.get_matter_display(), row.body, row.basis, row.conditions, row.duties)
        yield Document(
            kind=KIND, key=str(row.pk), title=row.name, body="\n".join(filter(None, map(str, said))), url=row.get_absolute_url(), number=row.code,
            place=tuple(code for code, _name, _level in line), place_label="".join(name for _code, name, level in line if level > 3) or line[-1][1],
            field=power_list.get_kind_display(), category=row.get_matter_display(), unit_kind=power_list.unit.get_kind_display(),
            published_on=row.version.in_force_from,
        )  # fmt: skip


def all_keys() -> Iterator[str]:
    last = 0
    while page := list(_public().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_PAGE]):
        yield from map(str, page)
        last = page[-1]


def search_plain(query: str, limit: int) -> list[Document]:
    """What the database alone can answer when the engine is away."""
    rows = _public()
    for word in query.split()[:8]:
        rows = rows.filter(Q(name__icontains=word) | Q(code=word) | Q(body__icontains=word))
    return list(_documents(list(rows.select_related("version__power_list__unit").order_by("-version__in_force_from", "-pk")[:limit])))
