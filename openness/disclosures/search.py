"""What one-network search knows of a disclosure: its public words only."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Field, Item
from openness.units.models import Unit
from search import registry
from search.analysis import forget_words, set_word_source
from search.documents import Document
from search.outbox import touch, touch_query

from .models import Attachment, Disclosure
from .services.publish import KIND
from .text import body_text

_PAGE = 2000
_CLOCKS_DIFFER = timedelta(minutes=1)
_SEARCHED = {
    *("live", "unit", "item", "title", "summary", "body", "document_number", "index_number"),
    *("category", "first_published_at", "notice_until"),
}


def register() -> None:
    registry.register(
        registry.DocumentKind(
            name=KIND,
            label=_("公开内容"),
            model=Disclosure,
            build=build,
            all_keys=all_keys,
            public_count=lambda: Disclosure.objects.public().count(),
            search_plain=search_plain,
        )
    )
    registry.exclude(Item, "found through what is disclosed under it")
    registry.exclude(Unit, "a place to search in, offered as a facet")
    set_word_source(place_names)
    registry.register_place_labels(place_labels)
    registry.register_place_children(place_children)


def build(keys: Sequence[str]) -> dict[str, Document]:
    """The public documents among these keys; whoever is missing is not public."""
    rows = list(Disclosure.objects.public().filter(pk__in=[int(key) for key in keys]).select_related("unit", "item__field"))
    places = _ancestors(row.unit.path for row in rows)
    return {str(row.pk): _document(row, places) for row in rows}


def _document(row: Disclosure, places: dict[str, tuple[str, str, int]]) -> Document:
    above = [places[row.unit.path[:end]] for end in range(Unit.steplen, len(row.unit.path) + 1, Unit.steplen)]
    return Document(
        kind=KIND,
        key=str(row.pk),
        title=row.title,
        body="\n".join(filter(None, [row.summary, body_text(row.body)])),
        url=row.get_absolute_url(),
        number=row.document_number,
        index_number=row.index_number,
        place=tuple(code for code, _name, _level in above),
        place_label=" ".join(name for _code, name, level in above if level > 3) or row.unit.short_name,
        field=row.item.field.name,
        item=row.item.name,
        category=row.get_category_display(),
        unit_kind=row.unit.get_kind_display(),
        published_on=row.first_published_at.date() if row.first_published_at else None,
        notice_until=row.notice_until,
    )


def _ancestors(paths: Iterable[str]) -> dict[str, tuple[str, str, int]]:
    wanted = {path[:end] for path in paths for end in range(Unit.steplen, len(path) + 1, Unit.steplen)}
    rows = Unit.objects.filter(path__in=wanted).values_list("path", "code", "short_name", "level")
    return {path: (code, name, level) for path, code, name, level in rows}


def all_keys() -> Iterator[str]:
    """Keys of all public disclosures, by pages of primary keys."""
    last = 0
    while page := list(Disclosure.objects.public().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_PAGE]):
        yield from map(str, page)
        last = page[-1]


def search_plain(query: str, limit: int) -> list[Document]:
    """What the database alone can answer when the engine is away: titles and summaries that contain every word."""
    rows = Disclosure.objects.public()
    for word in query.split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(document_number=word) | Q(index_number=word))
    found = list(rows.select_related("unit", "item__field").newest()[:limit])
    places = _ancestors(row.unit.path for row in found)
    return [_document(row, places) for row in found]


def place_labels(codes: Iterable[str]) -> dict[str, str]:
    return dict(Unit.objects.filter(code__in=list(codes)).values_list("code", "short_name"))


def place_children(code: str | None) -> list[tuple[str, str]]:
    """Units in use below a place, in the order of the tree; the counties' townships for no place."""
    units = Unit.objects.filter(active=True).order_by("path")
    if code is None:
        return list(units.filter(level=4).values_list("code", "short_name"))
    parent = Unit.objects.filter(code=code).first()
    return list(parent.get_children().filter(active=True).values_list("code", "short_name")) if parent else []


def place_names() -> list[str]:
    """Names that must not be cut: villages, townships, counties, as people say them."""
    return list(Unit.objects.filter(active=True, level__gte=3).values_list("short_name", flat=True).distinct())


def touch_below(paths: Sequence[str], **_kwargs: Any) -> None:
    """Units were renamed, moved or put out of use: everything published below shows it.

    Also what others publish below before this transaction ends: they do not see the change yet, nor this transaction theirs.
    """
    forget_words()
    since = timezone.now() - _CLOCKS_DIFFER
    for path in paths:
        some = Disclosure.objects.filter(unit__path__startswith=path)
        touch_query(KIND, some)
        transaction.on_commit(partial(touch_query, KIND, some.filter(last_published_at__gte=since)))


def saved(instance: Disclosure, raw: bool = False, update_fields: Iterable[str] | None = None, **_kwargs: Any) -> None:
    """However it was saved, also by loaddata. What never was public is not in the index, and bookkeeping is not searched."""
    ever_public = raw or instance.live or instance.first_published_at
    if ever_public and (update_fields is None or _SEARCHED & set(update_fields)):
        touch(KIND, [instance.pk])


def forget(instance: Disclosure, **_kwargs: Any) -> None:
    touch(KIND, [instance.pk])


def touch_named(instance: Item | Field, created: bool = False, **_kwargs: Any) -> None:
    """An item or its field got another name."""
    if not created:
        of = {"item": instance} if isinstance(instance, Item) else {"item__field": instance}
        touch_query(KIND, Disclosure.objects.filter(**of))


def touch_users(instance: Attachment, created: bool = False, **_kwargs: Any) -> None:
    """An attachment got another title or goes: what shows it is found by that title."""
    if not created:
        touch(KIND, instance.uses.values_list("disclosure_id", flat=True))
