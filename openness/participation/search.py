"""What one-network search knows of a message: its public words and the answer."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openness.units.models import Unit, line_of
from search import registry
from search.documents import Document
from search.outbox import touch, touch_query

from .models import State, Submission

KIND = "message"
_PAGE = 2000


def register() -> None:
    registry.register(
        registry.DocumentKind(
            name=KIND, label=_("留言"), model=Submission, build=build, all_keys=all_keys,
            public_count=lambda: _public().count(), search_plain=search_plain,
        )
    )  # fmt: skip


def tell(keys: Iterable[int]) -> None:
    touch(KIND, keys)


def touch_below(paths: Iterable[str], **_kwargs: Any) -> None:
    """Units were renamed, moved or retired."""
    for path in paths:
        touch_query(KIND, Submission.objects.on_board().filter(unit__path__startswith=path))


def _public() -> QuerySet[Submission]:
    """Answered ones: a question alone answers nobody's search."""
    return Submission.objects.on_board().filter(state=State.ANSWERED)


def build(keys: Sequence[str]) -> dict[str, Document]:
    """The public documents among these keys; whoever is missing is not public."""
    rows = list(_public().filter(pk__in=[int(key) for key in keys]).select_related("unit"))
    return {document.key: document for document in _documents(rows)}


def _documents(rows: Sequence[Submission]) -> Iterator[Document]:
    wanted = {path for row in rows for path in line_of(row.unit.path)}
    places = {
        path: (code, name, level)
        for path, code, name, level in Unit.objects.filter(path__in=wanted).values_list("path", "code", "short_name", "level")
    }
    for row in rows:
        line = [places[path] for path in line_of(row.unit.path)]
        yield Document(
            kind=KIND, key=str(row.pk), title=row.title, body=f"{row.public_text}\n{row.reply}", url=row.get_absolute_url(), number=row.number,
            place=tuple(code for code, _name, _level in line), place_label="".join(name for _code, name, level in line if level > 3) or line[-1][1],
            field=str(_("留言")), category=str(_("留言")), unit_kind=row.unit.get_kind_display(),
            published_on=timezone.localdate(row.answered_at), changed_at=row.answered_at,
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
        rows = rows.filter(Q(public_text__icontains=word) | Q(reply__icontains=word) | Q(number=word))
    return list(_documents(list(rows.select_related("unit").order_by("-answered_at", "-pk")[:limit])))
