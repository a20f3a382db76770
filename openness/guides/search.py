"""What one-network search knows of a guide: its public words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openness.units.models import Unit, line_of
from search import registry
from search.documents import Document
from search.outbox import touch, touch_query

from .rules.rule import rows_of

if TYPE_CHECKING:
    from .models import ServiceGuide
    from .models.guide import GuideQuerySet

KIND = "guide"
_PAGE = 2000


def register() -> None:
    from .models import ServiceGuide

    registry.register(
        registry.DocumentKind(
            name=KIND, label=_("办事指南"), model=ServiceGuide, build=build, all_keys=all_keys,
            public_count=lambda: _public().count(), search_plain=search_plain,
        )
    )  # fmt: skip


def tell(keys: Iterable[int]) -> None:
    touch(KIND, keys)


def touch_below(paths: Iterable[str], **_kwargs: Any) -> None:
    """Units were renamed, moved or retired."""
    for path in paths:
        touch_query(KIND, _public().filter(unit__path__startswith=path))


def _public() -> "GuideQuerySet":
    from .models import ServiceGuide

    return ServiceGuide.objects.public()


def build(keys: Sequence[str]) -> dict[str, Document]:
    """The public documents among these keys; whoever is missing is not public."""
    rows = list(_public().filter(pk__in=[int(key) for key in keys]).select_related("unit"))
    return {document.key: document for document in _documents(rows)}


def _documents(rows: "Sequence[ServiceGuide]") -> Iterator[Document]:
    wanted = {path for row in rows for path in line_of(row.unit.path)}
    places = {
        path: (code, name, level)
        for path, code, name, level in Unit.objects.filter(path__in=wanted).values_list("path", "code", "short_name", "level")
    }
    for row in rows:
        line = [places[path] for path in line_of(row.unit.path)]
        yield Document(
            kind=KIND, key=str(row.pk), title=row.name, body=_words(row), url=row.get_absolute_url(), number=row.code,
            place=tuple(code for code, _name, _level in line), place_label="".join(name for _code, name, level in line if level > 3) or line[-1][1],
            field=str(_("办事指南")), category=row.get_theme_display(), unit_kind=row.unit.get_kind_display(),
            published_on=timezone.localdate(row.last_published_at) if row.last_published_at else None,
        )  # fmt: skip


def _words(row: "ServiceGuide") -> str:
    said = [row.also_called, row.implementer, row.conditions]
    said += [str(one["name"]) for one in rows_of(row.materials)]
    said += [f"{row.place} {row.hours} {row.phone}", row.how_long, row.how_much, row.result, row.basis]
    said += [f"{one['question']}\n{one['answer']}" for one in rows_of(row.questions)]
    return "\n".join(filter(None, map(str, said)))


def all_keys() -> Iterator[str]:
    last = 0
    while page := list(_public().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_PAGE]):
        yield from map(str, page)
        last = page[-1]


def search_plain(query: str, limit: int) -> list[Document]:
    """What the database alone can answer when the engine is away."""
    return list(_documents(list(_public().asked(query).select_related("unit").order_by("-last_published_at", "-pk")[:limit])))
