"""What one-network search knows of policies and their interpretations."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openness.units.models import Unit, line_of
from search import registry
from search.documents import Document
from search.outbox import touch, touch_query

from .models import Interpretation, Policy, PublicText

_PAGE = 2000
_Texts = type[Policy] | type[Interpretation]


def register() -> None:
    for model, label in ((Policy, _("政策")), (Interpretation, _("政策解读"))):
        registry.register(
            registry.DocumentKind(
                name=model.kind, label=label, model=model, build=_build(model), all_keys=_all_keys(model),
                public_count=model.objects.public().count, search_plain=_search_plain(model),
            )
        )  # fmt: skip


def tell(kind: str, keys: Iterable[int]) -> None:
    touch(kind, keys)


def touch_below(paths: Iterable[str], **_kwargs: Any) -> None:
    """Units were renamed, moved or retired."""
    for path in paths:
        for model in (Policy, Interpretation):
            touch_query(model.kind, model.objects.public().filter(unit__path__startswith=path))


def _build(model: _Texts) -> Callable[[Sequence[str]], dict[str, Document]]:
    def build(keys: Sequence[str]) -> dict[str, Document]:
        rows = model.objects.public().filter(pk__in=[int(key) for key in keys]).select_related("unit")
        return {document.key: document for document in _documents(list(rows))}

    return build


def _documents(rows: Sequence[PublicText]) -> Iterator[Document]:
    wanted = {path for row in rows for path in line_of(row.unit.path)}
    names = dict(Unit.objects.filter(path__in=wanted).values_list("path", "code"))
    for row in rows:
        place = tuple(names[path] for path in line_of(row.unit.path))
        published = timezone.localdate(row.first_published_at) if row.first_published_at else None
        yield Document(
            kind=row.kind, key=str(row.pk), title=row.title, url=row.get_absolute_url(), place=place, place_label=row.issuer,
            unit_kind=row.unit.get_kind_display(), **_columns(row, published),
        )  # fmt: skip


def _columns(row: PublicText, published: Any) -> dict[str, Any]:
    if not isinstance(row, Policy):
        return {"body": row.text, "category": row.category, "published_on": published}
    return {
        "body": row.text, "number": row.number, "index_number": row.index_number, "field": row.field, "category": row.category,
        "published_on": row.issued_on or published, "tags": tuple(row.tag_words),
    }  # fmt: skip


def _all_keys(model: _Texts) -> Callable[[], Iterator[str]]:
    def all_keys() -> Iterator[str]:
        last = 0
        while page := list(model.objects.public().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_PAGE]):
            yield from map(str, page)
            last = page[-1]

    return all_keys


def _search_plain(model: _Texts) -> Callable[[str, int], list[Document]]:
    def search_plain(query: str, limit: int) -> list[Document]:
        """What the database alone can answer when the engine is away."""
        rows = model.objects.public()
        for word in query.split()[:8]:
            exact = Q(number=word) if model is Policy else Q()
            rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word) | exact)
        return list(_documents(list(rows.select_related("unit").order_by("-first_published_at", "-pk")[:limit])))

    return search_plain
